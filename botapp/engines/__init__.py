"""Who answers the language port: rules, an OpenAI-compatible model, a fallback and a recorder around it."""
