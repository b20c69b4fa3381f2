"""Signing in: the OpenID Connect code flow with PKCE, for citizens (DigiD, eHerkenning, eIDAS) and for staff."""
