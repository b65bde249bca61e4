"""docsearch: official directives read, understood, searched, and linked by what they cite."""
