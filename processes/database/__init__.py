"""The database: tables, the session factory and the migrations. The only truth of the running program."""
