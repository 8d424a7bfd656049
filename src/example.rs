//! A text with marks in it: a cursor, expected findings, several files; for tests, rule examples and docs.
