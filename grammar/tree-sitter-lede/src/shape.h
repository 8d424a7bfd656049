// What a block is, by its first line. As src/syntax/block.rs.
#ifndef LEDE_SHAPE_H
#define LEDE_SHAPE_H

#include "definition.h"

typedef struct {
  uint8_t start;
  // What inlines are read in; a second run after an image's path.
  Span runs[2];
  uint32_t run_count;
} Shape;

static const char *const CORRECTIONS[] = {
    "CORRECTION", "CLARIFICATION", "UPDATE", "RETRACTION", "EDITOR’S NOTE", "EDITOR'S NOTE", NULL,
};
static const char *const CREDITS[] = {
    "With assistance from", "With assistance by", "With contributions from", "Additional reporting by", "With reporting by",
    "Reporting by", "Editing by", "Contributing to this report", "Contributing:", NULL,
};

// The comments in a block, or the parts of them that lie in it.
static void read_comments(Buffer *b, Found *f, Span content, bool starts_in_comment) {
  uint32_t i = content.start, open = starts_in_comment ? i : NONE;
  for (;;) {
    if (open == NONE) {
      uint32_t opener = find(b, content, i, "<!--");
      if (opener == NONE) return;
      bool is_escaped = opener > 0 && at(b, opener - 1) == '\\';
      if (!is_escaped) open = opener;
      i = opener + 4;
    } else {
      uint32_t close = find(b, content, i, "-->");
      uint32_t end = close == NONE ? content.end : close + 3;
      if (end > open) push_sign(f, span(open, end), COMMENT);
      if (close == NONE) return;
      open = NONE;
      i = end;
    }
  }
}

// The `> ` at the start of each line of a quote.
static void read_prefixes(Buffer *b, Found *f, const Line *lines, uint32_t count, const char *sign) {
  for (uint32_t i = 0; i < count; i++) {
    Span words = lines[i].content;
    while (!is_empty(words) && (at(b, words.start) == ' ' || at(b, words.start) == 0xFEFF)) words.start++;
    if (!has(b, words, words.start, sign)) continue;
    uint32_t end = words.start + width(sign);
    while (end < words.end && is_space(at(b, end))) end++;
    push_sign(f, span(words.start, end), MARKER);
  }
}

static void read_bullets(Buffer *b, Found *f, const Line *lines, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Span words = lines[i].content;
    while (!is_empty(words) && (at(b, words.start) == ' ' || at(b, words.start) == 0xFEFF)) words.start++;
    if (is_item(b, words)) push_sign(f, span(words.start, words.start + 2), MARKER);
  }
}

static void read_cells(Buffer *b, Found *f, const Line *lines, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    Span words = trimmed(b, lines[i].content);
    if (is_empty(words)) continue;
    bool is_rule = find_char(b, words, '-') != NONE;
    for (uint32_t n = lines[i].content.start; n < lines[i].content.end && is_rule; n++) {
      int32_t c = at(b, n);
      is_rule = c == '|' || c == '-' || c == ':' || c == ' ' || c == '\t';
    }
    if (is_rule) {
      push_sign(f, words, RULE_LINE);
      continue;
    }
    for (uint32_t n = words.start; n < words.end; n++)
      if (at(b, n) == '|' && (n == 0 || at(b, n - 1) != '\\')) push_sign(f, span(n, n + 1), MARKER);
  }
}

// `![caption](path "credit")` at the start of the block; false if it is none.
static bool read_image(Buffer *b, Found *f, Span content, Shape *shape) {
  uint32_t close = find(b, content, content.start, "](");
  if (close == NONE) return false;
  uint32_t end = find_char(b, span(close + 2, content.end), ')');
  if (end == NONE) return false;
  Span inside = span(close + 2, end);
  uint32_t space = find(b, inside, inside.start, " \"");
  Span path = trimmed(b, span(inside.start, space == NONE ? inside.end : space));
  push_sign(f, span(content.start, content.start + 2), MARKER);
  push_skip(f, span(close, end + 1));
  push_item(f, span(close, end + 1), inside, MARK, DELIMITER);
  push_piece(f, path, PATH);
  if (space != NONE) {
    Span credit = span(space + 2, end);
    while (!is_empty(credit) && is_space(at(b, credit.end - 1))) credit.end--;
    while (!is_empty(credit) && at(b, credit.end - 1) == '"') credit.end--;
    push_piece(f, credit, TITLE);
  }
  shape->start = IMAGE_START;
  shape->runs[0] = span(content.start + 2, close);
  shape->runs[1] = span(path.end, content.end);
  shape->run_count = 2;
  return true;
}

static bool every_line_has_a_bar(Buffer *b, Span words) {
  for (uint32_t start = words.start; start < words.end;) {
    uint32_t end = start;
    while (end < words.end && at(b, end) != '\n') end++;
    Span line = without_indent(b, span(start, end));
    if (in(b, line, line.start) != '|') return false;
    start = end + 1;
  }
  return true;
}

// Shapes that a sign at the start gives: `#`, `>`, `-`, `|`, `![`.
static bool shape_by_sign(Buffer *b, Found *f, Span words, const Line *lines, uint32_t count, Shape *shape) {
  int32_t first = at(b, words.start);
  if (first == '#') {
    uint32_t level = 0;
    while (in(b, words, words.start + level) == '#') level++;
    Span rest = span(words.start + level, words.end);
    if (level > 6 || in(b, rest, rest.start) != ' ' || is_empty(trimmed(b, rest))) return false;
    push_sign(f, span(words.start, trimmed(b, rest).start), MARKER);
    shape->start = level == 1 ? HEADLINE_START : SUBHEAD_START;
    return true;
  }
  if (first == '>') {
    bool is_pull = in(b, words, words.start + 1) == '>';
    read_prefixes(b, f, lines, count, is_pull ? ">>" : ">");
    shape->start = is_pull ? PULL_QUOTE_START : BLOCK_QUOTE_START;
    return true;
  }
  if (is_item(b, words)) {
    read_bullets(b, f, lines, count);
    shape->start = LIST_START;
    return true;
  }
  if (has(b, words, words.start, "![")) return read_image(b, f, words, shape);
  if (first == '|' && every_line_has_a_bar(b, words)) {
    read_cells(b, f, lines, count);
    shape->start = TABLE_START;
    return true;
  }
  return false;
}

static bool starts_with_any(Buffer *b, Span words, const char *const *list) {
  for (; *list; list++)
    if (has(b, words, words.start, *list)) return true;
  return false;
}

// Whether a block is a correction: its word, a date in brackets perhaps, and a colon or a dash.
static int is_correction(Buffer *b, Span words) {
  for (const char *const *word = CORRECTIONS; *word; word++) {
    if (!has(b, words, words.start, *word)) continue;
    uint32_t i = words.start + width(*word);
    if (has(b, words, i, " (")) {
      uint32_t close = find_char(b, span(i + 2, words.end), ')');
      if (close == NONE) return -1;
      i = close + 1;
    }
    return in(b, words, i) == ':' || has(b, words, i, " —") || has(b, words, i, " –");
  }
  return 0;
}

// Shapes that words at the start give: corrections, credits, rights.
static bool shape_by_word(Buffer *b, Span words, Shape *shape) {
  int correction = is_correction(b, words);
  if (correction < 0) return false;
  if (correction) {
    shape->start = CORRECTION_START;
    return true;
  }
  Span bare = words;
  for (int32_t c; (c = in(b, bare, bare.start)) != END; bare.start++)
    if (c != '(' && c != '*' && c != '_' && c != 0x2014 && c != 0x2013 && c != '-' && c != ' ') break;
  if (starts_with_any(b, bare, CREDITS)) {
    shape->start = CREDIT_START;
    return true;
  }
  bool rights = at(b, words.start) == 0xA9 || has(b, words, words.start, "(c) ") || has(b, words, words.start, "(C) ");
  if (has(b, words, words.start, "Copyright")) {
    Span rest = without_indent(b, span(words.start + 9, words.end));
    int32_t c = in(b, rest, rest.start);
    rights |= c == 0xA9 || is_ascii_digit(c) || c == '(';
  }
  if (rights) shape->start = RIGHTS_START;
  return rights;
}

// What a block is; finds its comments and signs on the way.
static Shape shape_of(Buffer *b, Found *f, Span content, const Line *lines, uint32_t count, bool is_header, bool in_comment,
                      uint8_t zone) {
  Shape shape = {.start = zone == COPY_ZONE ? PARAGRAPH_START : SCRATCH_START, .runs = {content}, .run_count = 1};
  read_comments(b, f, content, in_comment);
  bool is_source = false;
  bool is_comment = f->item_count == 1 && f->items[0].span.start == content.start && f->items[0].span.end == content.end;
  if (is_header) {
    read_header(b, f, lines, count);
    shape = (Shape){.start = HEADER_START};
  } else if (is_comment) {
    shape = (Shape){.start = COMMENT_BLOCK_START};
  } else if (is_definition(b, content)) {
    if (read_definition(b, f, lines, count, &is_source))
      shape = (Shape){.start = is_source ? SOURCE_DEFINITION_START : ENTITY_DEFINITION_START};
  } else if (find_char(b, content, '\n') == NONE && is_end_mark(b, content)) {
    shape = (Shape){.start = END_MARK_START};
  } else if (zone != BACK_ZONE) {
    if (equals(b, content, "NOTES") || equals(b, content, "NOTES:")) shape = (Shape){.start = NOTES_MARK_START};
    else if (equals(b, content, "STORY") || equals(b, content, "STORY:")) shape = (Shape){.start = STORY_MARK_START};
    else if (!shape_by_sign(b, f, content, lines, count, &shape)) shape_by_word(b, content, &shape);
  }
  return shape;
}

#endif
