"""The one package that knows the workflow library and XML: reads drawings and runs them."""
