"""What the desk asks of the database: who may sit there, and what lies on it."""
