lifecycle --platform server --scenario local --events 'Ap"\#<é' --format mermaid
