"""What is durable (tables and functions over a UnitOfWork) and what may be lost (wakeups.py). No ORM object leaves."""
