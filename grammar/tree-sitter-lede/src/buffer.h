// The text from a block's start on, read from the lexer only as far as somebody asks.
#ifndef LEDE_BUFFER_H
#define LEDE_BUFFER_H

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"
#include "unicode.h"
#include <string.h>

// What stands after the last character.
#define END (-1)
#define NONE UINT32_MAX

// A run of characters: code points, counted from the block's start.
typedef struct { uint32_t start, end; } Span;

typedef struct {
  TSLexer *lexer;
  int32_t *chars;
  uint32_t count, room;
  bool ended;
} Buffer;

static inline Span span(uint32_t start, uint32_t end) { return (Span){start, end < start ? start : end}; }
static inline bool is_empty(Span s) { return s.start == s.end; }
static inline bool overlaps(Span a, Span b) { return a.start < b.end && b.start < a.end; }

// The character at a place; END after the last.
static int32_t at(Buffer *b, uint32_t i) {
  while (i >= b->count && !b->ended) {
    if (b->lexer->eof(b->lexer)) {
      b->ended = true;
      break;
    }
    if (b->count == b->room) {
      b->room = b->room ? b->room * 2 : 256;
      b->chars = ts_realloc(b->chars, b->room * sizeof(int32_t));
    }
    int32_t c = b->lexer->lookahead;
    b->chars[b->count++] = c < 0 ? 0xFFFD : c;
    b->lexer->advance(b->lexer, false);
  }
  return i < b->count ? b->chars[i] : END;
}

// The character at a place of a run; END at its end.
static inline int32_t in(Buffer *b, Span s, uint32_t i) { return i < s.end ? at(b, i) : END; }

// Whether a run has these ASCII or UTF-8 words at a place.
static bool has(Buffer *b, Span s, uint32_t i, const char *words) {
  const unsigned char *w = (const unsigned char *)words;
  while (*w) {
    int32_t c = *w++;
    if (c >= 0xE0) {
      c = (c & 15) << 12 | (w[0] & 63) << 6 | (w[1] & 63);
      w += 2;
    } else if (c >= 0xC0) {
      c = (c & 31) << 6 | (w[0] & 63);
      w += 1;
    }
    if (in(b, s, i++) != c) return false;
  }
  return true;
}

// How many characters (not bytes) some words have.
static uint32_t width(const char *words) {
  uint32_t n = 0;
  for (; *words; words++) n += (*words & 0xC0) != 0x80;
  return n;
}

// Where these words stand next in a run; NONE if they do not.
static uint32_t find(Buffer *b, Span s, uint32_t from, const char *words) {
  for (uint32_t i = from; i < s.end; i++) {
    int32_t c = at(b, i);
    if (c == END) break;
    if (has(b, s, i, words)) return i;
  }
  return NONE;
}

static uint32_t find_char(Buffer *b, Span s, int32_t wanted) {
  for (uint32_t i = s.start; i < s.end && at(b, i) != END; i++)
    if (at(b, i) == wanted) return i;
  return NONE;
}

static inline bool is_upper_or_digit(int32_t c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
static inline bool is_ascii_digit(int32_t c) { return c >= '0' && c <= '9'; }
static inline bool is_ascii_alnum(int32_t c) {
  return is_upper_or_digit(c) || (c >= 'a' && c <= 'z');
}
static inline bool is_ascii_punct(int32_t c) {
  return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
}
static inline int32_t lower(int32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c == 0x212A ? 'k' : c; }

static inline bool is_bom_or_space(int32_t c) { return is_space(c) || c == 0xFEFF; }

// A run without white space at its ends.
static Span trimmed(Buffer *b, Span s) {
  uint32_t end = s.end;
  while (s.start < end && is_space(at(b, s.start))) s.start++;
  while (end > s.start && is_space(at(b, end - 1))) end--;
  return span(s.start, end);
}

// A run without these characters (a byte order mark, spaces) at its start.
static Span without_bom(Buffer *b, Span s) {
  while (s.start < s.end && at(b, s.start) == 0xFEFF) s.start++;
  return s;
}

// Whether the words of a run, in lower case, are one of a list that a null ends.
static bool is_one_of(Buffer *b, Span s, const char *const *list) {
  for (; *list; list++) {
    const char *w = *list;
    uint32_t i = s.start;
    while (*w && i < s.end && lower(at(b, i)) == *w) w++, i++;
    if (!*w && i == s.end) return true;
  }
  return false;
}

// Letters and digits, with `-`, `_` and `.` inside.
static bool is_id(Buffer *b, Span s) {
  if (is_empty(s) || !is_alphanumeric(at(b, s.start)) || at(b, s.end - 1) == '.') return false;
  for (uint32_t i = s.start; i < s.end; i++) {
    int32_t c = at(b, i);
    if (!is_alphanumeric(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

#endif
