// Square brackets: marks, notes and links. Included by inlines.h.
#ifndef LEDE_MARKS_H
#define LEDE_MARKS_H

#include "inlines.h"

// The `]` of the `[` at a place, if it lies in the run.
static uint32_t close_of(Reader *r, uint32_t i) {
  uint32_t low = 0, high = r->f->bracket_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (r->f->brackets[middle].start < i) low = middle + 1;
    else high = middle;
  }
  if (low == r->f->bracket_count || r->f->brackets[low].start != i) return NONE;
  uint32_t close = r->f->brackets[low].end;
  return close < r->run.end ? close : NONE;
}

// How many characters of an unclosed bracket look like a mark; 0 if none do.
static uint32_t mark_head(Reader *r, uint32_t i, bool *is_note) {
  Buffer *b = r->b;
  *is_note = false;
  if (has(b, r->run, i, "[^") || has(b, r->run, i, "[@")) return is_alphanumeric(in(b, r->run, i + 2)) ? 2 : 0;
  if (has(b, r->run, i, "[TK") || has(b, r->run, i, "[CQ ") || has(b, r->run, i, "[CQ]")) return 3;
  if (has(b, r->run, i, "[STET")) return 5;
  for (const char *const *name = NOTES; *name; name++) {
    uint32_t length = strlen(*name);
    if (has(b, r->run, i + 1, *name) && in(b, r->run, i + 1 + length) == ':') {
      *is_note = true;
      return length + 2;
    }
  }
  return 0;
}

// `id, locator; ^id2`; false if there is no id (then its pieces are taken back). A missing comma and a space before the
// id are forgiven; `well_formed` tells of them.
static bool read_cites(Buffer *b, Found *f, Span s, bool *well_formed) {
  uint32_t kept = f->piece_count, start = s.start;
  *well_formed = true;
  for (;;) {
    uint32_t end = start;
    while (end < s.end && at(b, end) != ';') end++;
    Span segment = trimmed(b, span(start, end));
    if (start == s.start && segment.start != start) *well_formed = false;
    if (!is_empty(segment) && at(b, segment.start) == '^') segment.start++;
    uint32_t comma = find_char(b, segment, ',');
    uint32_t stop = comma == NONE ? segment.end : comma;
    uint32_t after = comma == NONE ? segment.end : comma + 1;
    Span id = span(segment.start, stop);
    while (id.end > id.start && is_space(at(b, id.end - 1))) id.end--;
    for (uint32_t i = id.start; i < id.end; i++)
      if (is_space(at(b, i))) id.end = after = i, *well_formed = false;
    if (!is_id(b, id)) {
      f->piece_count = kept;
      return false;
    }
    push_piece(f, id, ID);
    Span locator = trimmed(b, span(after, segment.end));
    if (comma != NONE || !is_empty(locator)) push_piece(f, locator, LOCATOR);
    if (end >= s.end) return true;
    start = end + 1;
  }
}

// ` MS 2024-07-10 #3f2a: read against the draft`
static void read_check(Buffer *b, Found *f, Span rest) {
  uint32_t colon = find_char(b, rest, ':');
  uint32_t stop = colon == NONE ? rest.end : colon;
  bool has_who = false;
  for (uint32_t start = rest.start; start <= stop;) {
    uint32_t end = start;
    while (end < stop && at(b, end) != ' ') end++;
    Span part = span(start, end);
    start = end + 1;
    if (is_empty(part)) continue;
    int32_t c = at(b, part.start);
    if (c == '#') push_piece(f, span(part.start + 1, part.end), HASH);
    else if (is_ascii_digit(c)) push_piece(f, part, DATE);
    else if (!has_who) has_who = true, push_piece(f, part, WHO);
  }
  if (colon != NONE) push_piece(f, trimmed(b, span(colon + 1, rest.end)), NOTE_TEXT);
}

static void read_stet(Buffer *b, Found *f, Span rest) {
  uint32_t colon = find_char(b, rest, ':');
  uint32_t stop = colon == NONE ? rest.end : colon;
  for (uint32_t start = rest.start; start <= stop;) {
    uint32_t end = start;
    while (end < stop && at(b, end) != ' ' && at(b, end) != ',') end++;
    if (!is_empty(trimmed(b, span(start, end)))) push_piece(f, span(start, end), RULE_NAME);
    start = end + 1;
  }
  if (colon != NONE) push_piece(f, trimmed(b, span(colon + 1, rest.end)), REASON);
}

// Whether a place lies between quotation marks, as far as the run shows it.
static bool is_quoted(Reader *r, uint32_t i) {
  for (; r->seen < i; r->seen++) {
    int32_t c = at(r->b, r->seen);
    r->opened += c == 0x201C;
    r->closed += c == 0x201D;
    r->straight += c == '"';
  }
  return r->opened > r->closed || r->straight % 2 == 1;
}

// Reads a bracket pair as a mark; false if it is none.
static bool read_mark(Reader *r, Span whole, Span inner) {
  Buffer *b = r->b;
  Found *f = r->f;
  int32_t first = in(b, inner, inner.start);
  if (first == '^') {
    Span cites = span(inner.start + 1, inner.end);
    bool well_formed;
    uint32_t kept = f->piece_count;
    if (is_empty(trimmed(b, cites)) || !read_cites(b, f, cites, &well_formed)) return false;
    // Before a colon stands the id of a record, in one word or not at all.
    if (!well_formed && whole.start == r->run.start && in(b, r->run, whole.end) == ':') {
      f->piece_count = kept;
      return false;
    }
    push_item(f, whole, cites, MARK, SOURCE_OPEN);
    return true;
  }
  if (first == '@') {
    Span id = span(inner.start + 1, inner.end);
    if (!is_id(b, id)) return false;
    push_piece(f, id, ID);
    push_item(f, whole, id, MARK, SPEAKER_OPEN);
    return true;
  }
  uint32_t end = inner.start;
  while (is_upper_or_digit(in(b, inner, end))) end++;
  Span name = span(inner.start, end), rest = span(end, inner.end);
  uint32_t length = end - inner.start;
  int32_t sign = in(b, inner, end);
  bool ends = sign == END || sign == ' ' || sign == ':';
  if (length == 2 && has(b, name, name.start, "CQ") && (ends || sign == '#')) {
    read_check(b, f, rest);
    push_item(f, whole, rest, MARK, CHECK_OPEN);
    return true;
  }
  if (length == 4 && has(b, name, name.start, "STET") && ends) {
    read_stet(b, f, rest);
    push_item(f, whole, rest, MARK, STET_OPEN);
    return true;
  }
  if (length == 2 && has(b, name, name.start, "TK") && ends) {
    push_piece(f, trimmed(b, span(sign == END ? rest.start : rest.start + 1, rest.end)), NOTE_TEXT);
    push_item(f, whole, rest, MARK, TODO_OPEN);
    return true;
  }
  if (length >= 2 && sign == ':' && at(b, name.start) >= 'A') {
    if (is_quoted(r, whole.start) || !is_note_name(b, name)) return false;
    push_piece(f, name, WHO);
    push_piece(f, trimmed(b, span(rest.start + 1, rest.end)), NOTE_TEXT);
    push_item(f, whole, inner, MARK, NOTE_OPEN);
    return true;
  }
  return false;
}

// `[words](target)`
static uint32_t read_link(Reader *r, uint32_t i, uint32_t close) {
  Buffer *b = r->b;
  if (!r->may_link || in(b, r->run, close + 1) != '(') return 0;
  uint32_t end = find_char(b, span(close + 1, r->run.end), ')');
  if (end == NONE) return 0;
  Span inside = trimmed(b, span(close + 2, end)), words = span(i + 1, close);
  int32_t first = in(b, inside, inside.start);
  if (first == '@') {
    Span id = span(inside.start + 1, inside.end);
    if (!is_id(b, id)) return 0;
    push_piece(r->f, id, ID);
  } else if (first == '^') {
    bool well_formed;
    if (!read_cites(b, r->f, span(inside.start + 1, inside.end), &well_formed)) return 0;
  } else {
    uint32_t space = find_char(b, inside, ' ');
    push_piece(r->f, span(inside.start, space == NONE ? inside.end : space), ADDRESS);
  }
  push_item(r->f, span(i, end + 1), words, LINK, LINK_OPEN);
  read_inside(r, words, false);
  return end + 1;
}

static uint32_t read_bracket(Reader *r, uint32_t i) {
  uint32_t close = close_of(r, i);
  bool is_note;
  uint32_t head = mark_head(r, i, &is_note);
  if (close == NONE) {
    // An unclosed note fails closed: what follows to the end of the block does not print.
    if (!head || !is_note || r->in_open_note) return 0;
    r->in_open_note = true;
    Span text = span(i + head, r->run.end);
    push_piece(r->f, span(i + 1, i + head - 1), WHO);
    push_item(r->f, span(i, r->run.end), text, OPEN_NOTE, NOTE_OPEN);
    read_inside(r, text, false);
    return r->run.end;
  }
  if (!head && is_interrupted(r, span(i, close))) return 0;
  if (read_mark(r, span(i, close + 1), span(i + 1, close))) return close + 1;
  return read_link(r, i, close);
}

#endif
