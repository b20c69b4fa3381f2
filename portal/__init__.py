"""The faces over HTTP: pages for citizens, departments, case workers and administrators."""
