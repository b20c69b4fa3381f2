"""The texts about the site that come along, each in Dutch and in English (`processes.dated.site_texts`)."""

from typing import Final

_ACCESSIBILITY: Final = """Iedereen moet deze site kunnen gebruiken. Ook met een toetsenbord, een schermlezer of grote letters. Wij volgen de regels voor toegankelijkheid van de overheid: WCAG 2.2, niveau AA.

# Wat is er onderzocht?
Wij hebben deze site nog niet door een onafhankelijke partij laten onderzoeken. Daarom zeggen wij niet dat alles voldoet. De uitkomst van het onderzoek komt op deze pagina.

# Lukt iets niet?
Laat het ons weten. Zeg op welke pagina u was, wat u wilde doen en wat u gebruikt.
- Bel {{ organisation.phone }}, {{ organisation.hours }}.
- Mail naar {{ organisation.email }}.
- Schrijf naar {{ organisation.name }}, {{ organisation.postal_address }}.
Wij helpen u op een andere manier. U kunt altijd op papier met ons verder.

# Niet tevreden met ons antwoord?
Dan kunt u een klacht indienen. Vindt u daarna nog dat wij u niet goed hielpen? Dan kunt u naar de Nationale ombudsman."""

_ACCESSIBILITY_ENGLISH: Final = """Everybody must be able to use this site, also with a keyboard, a screen reader or large letters. We follow the rules for accessibility of the Dutch government: WCAG 2.2, level AA.

# What was examined?
No independent party has examined this site yet. So we do not say that everything conforms. The outcome of the examination will be on this page.

# Does something not work?
Please tell us. Say on which page you were, what you wanted to do and what you use.
- Call {{ organisation.phone }}, on working days.
- Mail to {{ organisation.email }}.
- Write to {{ organisation.name }}, {{ organisation.postal_address }}.
We will help you in another way. You can always go on with us on paper.

# Not satisfied with our answer?
Then you can file a complaint. Do you still think that we did not help you well? Then you can go to the National Ombudsman (Nationale ombudsman)."""

_PRIVACY: Final = """Op deze site regelt u een zaak met {{ organisation.name }}. Daarvoor gebruiken wij uw gegevens.

# Welke gegevens?
- Uw naam, adres en burgerservicenummer, of het nummer van uw bedrijf. Die krijgen wij als u inlogt, of u vult ze in.
- Uw e-mailadres en telefoonnummer, als u die geeft.
- Wat u schrijft en stuurt, en wat wij over uw zaak schrijven.

# Waarom?
De wet geeft ons de taak om uw zaak te behandelen. Wij gebruiken uw gegevens alleen daarvoor.

# Wie ziet ze?
Alleen medewerkers die aan uw zaak werken. Wij schrijven op wie uw zaak bekijkt. Soms sturen wij stukken naar een andere partij, zoals de rechtbank. Dat vertellen wij u.

# Hoe lang?
Elke soort zaak heeft een bewaartermijn. Na die termijn vernietigen wij de zaak, of gaat de zaak naar het archief als de wet dat zegt.

# Cookies
Wij gebruiken alleen cookies die nodig zijn: om u ingelogd te houden, en om te onthouden in welke taal u leest. Wij volgen u niet.

# Wat kunt u vragen?
U mag uw gegevens inzien en laten verbeteren. Soms mag u ze laten verwijderen. Mail naar {{ organisation.email }} of bel {{ organisation.phone }}. Vraag naar de functionaris gegevensbescherming.
Bent u niet tevreden? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens."""

_PRIVACY_ENGLISH: Final = """On this site you deal with a case at {{ organisation.name }}. For that we use your data.

# Which data?
- Your name, address and citizen service number, or the number of your company. We receive them when you sign in, or you fill them in.
- Your e-mail address and telephone number, if you give them.
- What you write and send, and what we write about your case.

# Why?
The law gives us the task of handling your case. We use your data for that alone.

# Who sees them?
Only members of staff who work on your case. We write down who looks at your case. Sometimes we send documents to another party, such as the court. We will tell you.

# For how long?
Every kind of case has a term for which it is kept. After that term we destroy the case, or it goes to the archive if the law says so.

# Cookies
We only use cookies that are needed: to keep you signed in, and to remember in which language you read. We do not follow you.

# What can you ask?
You may see your data and have them corrected. Sometimes you may have them deleted. Mail to {{ organisation.email }} or call {{ organisation.phone }}. Ask for the data protection officer.
Not satisfied? Then you can file a complaint with the Dutch Data Protection Authority (Autoriteit Persoonsgegevens)."""

_HELP: Final = """Lukt iets niet? Wij helpen u.
- Bel {{ organisation.phone }}, {{ organisation.hours }}.
- Mail naar {{ organisation.email }}.
- Schrijf naar {{ organisation.name }}, {{ organisation.postal_address }}.

# Inloggen
U logt in met DigiD, eHerkenning of eIDAS. Vragen over DigiD? Kijk op https://www.digid.nl/. Wij kennen uw wachtwoord niet en vragen er nooit om.

# Een zaak volgen
Bij Mijn zaken staan al uw zaken. Kies een zaak. Bovenaan staat hoe het ermee gaat en of wij iets van u vragen.

# Iets sturen
Op de pagina van uw zaak kunt u een bericht of een document sturen zolang de zaak loopt. U krijgt meteen een bewijs van ontvangst.

# Bezig blijven
Doet u een tijd niets? Dan wordt u uitgelogd. Wat u in een formulier heeft ingevuld, bewaren wij voor u.

# Liever op papier?
Dat mag altijd. U hoeft deze site niet te gebruiken.

# Voor afdelingen
U komt binnen met de link uit onze mail. Werkt de link niet meer? Vraag de behandelaar om een nieuwe."""

_HELP_ENGLISH: Final = """Does something not work? We will help you.
- Call {{ organisation.phone }}, on working days.
- Mail to {{ organisation.email }}.
- Write to {{ organisation.name }}, {{ organisation.postal_address }}.

# Signing in
You sign in with DigiD, eHerkenning or eIDAS. Questions about DigiD? Look at https://www.digid.nl/en. We do not know your password and never ask for it.

# Following a case
At My cases you find all your cases. Choose a case. At the top it says how it is going and whether we ask something of you.

# Sending something
On the page of your case you can send a message or a document as long as the case is running. You get a proof of receipt at once.

# Staying signed in
If you do nothing for a while, you are signed out. We keep for you what you filled in on a form.

# Rather on paper?
You always may. You need not use this site.

# For departments
You come in with the link from our mail. Does the link no longer work? Ask the case handler for a new one."""

ACCESSIBILITY_TEXTS: Final = (_ACCESSIBILITY, _ACCESSIBILITY_ENGLISH)
PRIVACY_TEXTS: Final = (_PRIVACY, _PRIVACY_ENGLISH)
HELP_TEXTS: Final = (_HELP, _HELP_ENGLISH)
