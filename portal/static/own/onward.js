// Sends the form of a page that only passes somebody on to a provider of sign-in. Without scripts its button does.
document.querySelector("form[data-onward]")?.requestSubmit();
