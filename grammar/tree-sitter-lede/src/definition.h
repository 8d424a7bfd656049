// Headers, and definitions of sources and entities. As src/syntax/{header,definition}.rs.
#ifndef LEDE_DEFINITION_H
#define LEDE_DEFINITION_H

#include "cut.h"

static const char *const SOURCE_KINDS[] = {
    "interview", "call",    "zoom",  "briefing", "press-conference", "presser", "speech",      "statement",
    "press-release", "email", "message", "text", "signal", "document", "court", "law", "data", "report",
    "paper", "book", "web", "social", "post", "tweet", "news", "wire", "agency", "media", "broadcast", "photo",
    "video", "audio", "observation", "calculation", "tip", "no-reply", "anonymous", NULL,
};
static const char *const ENTITY_KINDS[] = {"person", "org", "body", "place", "office", "document", "outlet", NULL};

// A key, what stands between it and its value, and the value.
static void push_field(Found *f, Span key, Span value) {
  push_piece(f, key, KEY);
  push_piece(f, span(key.end, is_empty(value) ? key.end + 1 : value.start), DELIMITER);
  push_piece(f, value, VALUE);
}

static Span unquoted(Buffer *b, Span value) {
  if (value.end - value.start >= 2 && at(b, value.start) == '"' && at(b, value.end - 1) == '"')
    return span(value.start + 1, value.end - 1);
  return value;
}

static void read_header(Buffer *b, Found *f, const Line *lines, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Span words = without_bom(b, lines[i].content), key;
    if (is_fence(b, words)) {
      push_piece(f, trimmed(b, words), FENCE);
    } else if (is_continuation(b, words)) {
      // A continuation belongs to the value before it.
      Piece *last = f->piece_count ? &f->pieces[f->piece_count - 1] : NULL;
      uint32_t end = trimmed(b, words).end;
      if (last && last->token == VALUE && end > last->span.end) last->span.end = end;
    } else if (!is_empty(key = key_of(b, words))) {
      push_field(f, key, unquoted(b, trimmed(b, span(key.end + 1, words.end))));
    }
  }
}

// The key of `key: value` in a definition; empty if there is none. A time (`4:12`) and a URL are none.
static Span field_key(Buffer *b, Span segment) {
  Span none = span(segment.start, segment.start);
  uint32_t colon = find_char(b, segment, ':');
  if (colon == NONE) return none;
  Span key = span(segment.start, colon);
  while (!is_empty(key) && is_space(at(b, key.end - 1))) key.end--;
  if (is_empty(key) || !is_alphabetic(at(b, key.start)) || has(b, segment, colon + 1, "//")) return none;
  for (uint32_t i = key.start; i < key.end; i++) {
    int32_t c = at(b, i);
    if (!is_alphanumeric(c) && c != '-' && c != '_') return none;
  }
  return key;
}

static void read_field(Buffer *b, Found *f, Span segment, Span key) {
  uint32_t colon = find_char(b, segment, ':');
  Span value = trimmed(b, span(colon + 1, segment.end));
  push_piece(f, key, KEY);
  push_piece(f, span(key.end, is_empty(value) ? colon + 1 : value.start), DELIMITER);
  push_piece(f, value, VALUE);
}

static bool is_field_key(Buffer *b, Span key) {
  for (uint32_t i = key.start; i < key.end; i++)
    if (!((at(b, i) >= 'a' && at(b, i) <= 'z') || at(b, i) == '-')) return false;
  return true;
}

static void read_kind_and_title(Buffer *b, Found *f, Span segment, bool is_source) {
  uint32_t end = segment.start;
  while (end < segment.end && at(b, end) != ',' && at(b, end) != ' ') end++;
  if (!is_one_of(b, span(segment.start, end), is_source ? SOURCE_KINDS : ENTITY_KINDS)) {
    push_piece(f, segment, TITLE);
    return;
  }
  push_piece(f, span(segment.start, end), KIND);
  if (end < segment.end) push_piece(f, trimmed(b, span(end + 1, segment.end)), TITLE);
}

// Reads a definition's block; false if its id is none.
static bool read_definition(Buffer *b, Found *f, const Line *lines, uint32_t count, bool *is_source) {
  Span line = lines[0].content;
  while (!is_empty(line) && is_bom_or_space(at(b, line.start))) line.start++;
  uint32_t close = find_char(b, line, ']');
  if (close == NONE) return false;
  Span id = span(line.start + 2, close);
  if (!is_id(b, id)) return false;
  *is_source = at(b, line.start + 1) == '^';
  push_piece(f, span(line.start, line.start + 2), DELIMITER);
  push_piece(f, id, ID);
  push_piece(f, span(close, close + 2), DELIMITER);
  uint32_t start = close + 2;
  for (uint32_t index = 0; start <= line.end; index++) {
    uint32_t end = start;
    while (end < line.end && at(b, end) != ';') end++;
    Span segment = trimmed(b, span(start, end));
    start = end + 1;
    if (is_empty(segment)) continue;
    Span key = field_key(b, segment);
    if (!is_empty(key) && (index > 0 || is_field_key(b, key))) read_field(b, f, segment, key);
    else if (index == 0) read_kind_and_title(b, f, segment, *is_source);
    else push_piece(f, segment, TERM);
  }
  for (uint32_t i = 1; i < count; i++) {
    Span segment = trimmed(b, lines[i].content), key = field_key(b, segment);
    if (!is_empty(key)) read_field(b, f, segment, key);
    else push_piece(f, segment, TERM);
  }
  return true;
}

#endif
