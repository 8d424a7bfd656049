// Where a block ends, and what the next one must be told. As src/syntax/cut.rs.
#ifndef LEDE_CUT_H
#define LEDE_CUT_H

#include "lines.h"

enum Zone { COPY_ZONE, NOTES_ZONE, BACK_ZONE };

// What goes from block to block.
typedef struct {
  uint8_t zone;
  // A paragraph of body copy was seen: after it NOTES and STORY are words like any other.
  bool has_body;
  // A comment of an earlier block goes on.
  bool in_comment;
  // A block that is not blank was seen: none but the first is a header.
  bool has_begun;
  // How many lines of this run are still a paragraph each.
  uint32_t lines_left;
} State;

static const char *const KEYS[] = {
    "slug",    "headline", "hed",          "title",    "deck", "dek",     "standfirst", "summary",   "by",      "byline",
    "author",  "with",     "contributors", "dateline", "desk", "section", "status",     "embargo",   "date",    "published",
    "updated", "lang",     "edition",      "version",  "editor", "checker", "rights",   "tags",      "refs",    "id",
    "urgency", "type",     "checks",       "hold",     "eds",  "topics",  "length",     NULL,
};

// Keys that stand over copy as well: below a headline with a colon they make no header.
static const char *const BYLINES[] = {"by", "byline", "author", NULL};

// The key of a line `Key: value`; empty if there is none.
static Span key_of(Buffer *b, Span line) {
  Span none = span(line.start, line.start);
  uint32_t colon = find_char(b, line, ':');
  if (colon == NONE || colon == line.start || !is_alphabetic(at(b, line.start)) || at(b, colon - 1) == ' ') return none;
  uint32_t bytes = 0, words = 1;
  for (uint32_t i = line.start; i < colon; i++) {
    int32_t c = at(b, i);
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    words += c == ' ';
    if (!is_alphanumeric(c) && c != '-' && c != '_' && c != ' ') return none;
  }
  int32_t after = in(b, line, colon + 1);
  return bytes <= 30 && words <= 3 && (after == END || is_space(after)) ? span(line.start, colon) : none;
}

// Whether a key is one of the known ones, or somebody's own.
static bool is_known_key(Buffer *b, Span key) {
  bool is_own = lower(in(b, key, key.start)) == 'x' && in(b, key, key.start + 1) == '-';
  return !is_empty(key) && (is_own || is_one_of(b, key, KEYS));
}

static bool is_empty_line(Buffer *b, Span words) { return is_empty(trimmed(b, words)); }

static bool is_continuation(Buffer *b, Span words) {
  int32_t c = in(b, words, words.start);
  return c == ' ' || c == '\t';
}

static bool is_fence(Buffer *b, Span words) {
  Span end = span(words.start, trimmed(b, words).end);
  return equals(b, end, "---");
}

// How many lines from the first on are the header; 0 if they are none.
static uint32_t header_lines(Lines *l) {
  Buffer *b = l->b;
  Span first = line_words(l, 0);
  if (is_fence(b, first)) {
    for (uint32_t i = 1; i < 200 && has_line(l, i); i++) {
      Span words = line_words(l, i);
      if (is_fence(b, words)) return i + 1;
      bool fits = is_empty_line(b, words) || !is_empty(key_of(b, words)) || is_continuation(b, words) ||
                  in(b, words, words.start) == '#';
      if (!fits) return 0;
    }
    return 0;
  }
  Span key = key_of(b, first);
  if (is_empty(key)) return 0;
  bool is_known = is_known_key(b, key);
  uint32_t i = 1;
  for (; has_line(l, i) && !is_empty_line(b, line_words(l, i)); i++) {
    Span words = line_words(l, i);
    key = key_of(b, words);
    if (is_empty(key) && !is_continuation(b, words)) return 0;
    is_known = is_known || (is_known_key(b, key) && !is_one_of(b, key, BYLINES));
  }
  return is_known ? i : 0;
}

// Whether a line opens scratch (`NOTES`, before the first body paragraph) or closes it (`STORY`).
static bool is_notes_mark(Lines *l, const State *s, uint32_t index) {
  Span word = trimmed(l->b, line_words(l, index));
  while (!is_empty(word) && at(l->b, word.end - 1) == ':') word.end--;
  if (s->zone == COPY_ZONE) return !s->has_body && equals(l->b, word, "NOTES");
  return s->zone == NOTES_ZONE && equals(l->b, word, "STORY");
}

static Span without_indent(Buffer *b, Span words) {
  while (words.start < words.end && is_space(at(b, words.start))) words.start++;
  return words;
}

// Whether a line begins a paragraph rather than a block with a sign.
static bool is_plain(Lines *l, uint32_t index) {
  Buffer *b = l->b;
  Span line = without_indent(b, line_words(l, index));
  return !(has(b, line, line.start, "# ") || has(b, line, line.start, "##") || has(b, line, line.start, ">") ||
           is_item(b, line) || has(b, line, line.start, "|") || has(b, line, line.start, "![") ||
           has(b, line, line.start, "<!--"));
}

// The line after the last of the block that begins with the first line, blank lines aside.
static uint32_t group_end(Lines *l, const State *s) {
  Buffer *b = l->b;
  Span opener = without_indent(b, line_words(l, 0));
  uint32_t start = opener.start;
  bool single = has(b, opener, start, "# ") || has(b, opener, start, "## ") || has(b, opener, start, "###") ||
                has(b, opener, start, "![");
  const char *sign = has(b, opener, start, ">>")  ? ">>"
                     : has(b, opener, start, ">") ? ">"
                     : has(b, opener, start, "|") ? "|"
                                                  : NULL;
  bool is_list = is_item(b, opener);
  uint32_t end = 1;
  for (; has_line(l, end); end++) {
    Span line = line_words(l, end);
    if (is_blank(b, line)) break;
    if (is_inside(l, l->lines[end].content.start)) continue;
    bool always = is_end_mark(b, line) || is_definition(b, line) || has(b, line, line.start, "<!--") ||
                  is_notes_mark(l, s, end);
    bool goes_on = sign      ? has(b, line, line.start, sign)
                   : is_list ? is_item(b, line) || is_indented(b, line)
                             : !single && !(is_indented(b, line) && !is_indented(b, line_words(l, end - 1)));
    if (always || !goes_on) break;
  }
  return end;
}

// Whether each line of a run is a paragraph of its own: three or more, of which half are long or nearly all end a sentence.
static bool one_line_a_paragraph(Lines *l, uint32_t count) {
  uint32_t over = 0, ending = 0;
  for (uint32_t i = 0; i < count; i++) {
    Span line = l->lines[i].content;
    over += line.end - line.start > 80;
    ending += ends_sentence(l->b, line);
  }
  return count >= 3 && (over * 2 >= count || ending * 10 >= count * 9);
}

static uint32_t count_words(Buffer *b, Span s) {
  uint32_t count = 0;
  bool in_word = false;
  for (uint32_t i = s.start; i < s.end; i++) {
    bool space = is_space(at(b, i));
    count += !space && !in_word;
    in_word = !space;
  }
  return count;
}

static void note_body(Lines *l, State *s, uint32_t end) {
  uint32_t words = 0;
  for (uint32_t i = 0; i < end; i++) words += count_words(l->b, line_words(l, i));
  if (s->zone == COPY_ZONE && words >= 6 && ends_sentence(l->b, line_words(l, end - 1))) s->has_body = true;
}

// The place after the blank lines that follow a line.
static uint32_t with_blanks(Lines *l, uint32_t end) {
  while (has_line(l, end) && is_blank(l->b, line_words(l, end))) end++;
  return l->lines[end - 1].end;
}

// The place where the block ends that begins the buffer; the state becomes that of the next block.
static uint32_t cut_block(Lines *l, State *s, bool *is_header) {
  Buffer *b = l->b;
  has_line(l, 0);
  *is_header = false;
  uint32_t end = 1, header = 0;
  Span first = line_words(l, 0);
  if (!s->has_begun && (header = header_lines(l))) {
    *is_header = true;
    end = header;
  } else if (s->lines_left) {
    note_body(l, s, 1);
    if (--s->lines_left) return l->lines[0].end;
  } else if (!s->in_comment && is_end_mark(b, first)) {
    s->zone = BACK_ZONE;
  } else if (!s->in_comment && is_definition(b, first)) {
    while (has_line(l, end) && is_continuation(b, line_words(l, end)) && !is_blank(b, line_words(l, end))) end++;
  } else if (!s->in_comment && is_notes_mark(l, s, 0)) {
    s->zone = s->zone == NOTES_ZONE ? COPY_ZONE : NOTES_ZONE;
  } else {
    end = group_end(l, s);
    if (is_plain(l, 0)) {
      if (!s->in_comment && s->zone != BACK_ZONE && one_line_a_paragraph(l, end)) {
        s->lines_left = end - 1;
        note_body(l, s, 1);
        return l->lines[0].end;
      }
      note_body(l, s, end);
    }
  }
  return with_blanks(l, end);
}

#endif
