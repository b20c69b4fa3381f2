"""An OpenID Connect provider for the demo, in which one signs in as an invented person by choosing a name."""
