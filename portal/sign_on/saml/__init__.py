"""Signing in over SAML 2.0, as DigiD, eHerkenning and eIDAS ask: signed requests, and answers by artifact over mutual TLS.

Sources: SAML 2.0 core, bindings, profiles and metadata with errata 05; DigiD koppelvlak SAML; Afsprakenstelsel Elektronische
Toegangsdiensten. Nothing about a person passes the browser: it carries an artifact, for which we ask the provider ourselves.
"""
