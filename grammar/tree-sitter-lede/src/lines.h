// Lines, and what a line looks like by itself; comments, paired over the file. As src/syntax/{line,comment}.rs.
#ifndef LEDE_LINES_H
#define LEDE_LINES_H

#include "found.h"

typedef struct {
  // Without its line end; the place after its line end.
  Span content;
  uint32_t end;
} Line;

typedef struct {
  Buffer *b;
  Line *lines;
  uint32_t count, room;
  // Comments that are closed, in order, and how far the text was looked through for them.
  Span *closed;
  uint32_t closed_count, closed_room, looked;
  bool has_unclosed;
} Lines;

// Whether there is a line with this number; reads on as far as it must.
static bool has_line(Lines *l, uint32_t index) {
  while (index >= l->count) {
    uint32_t start = l->count ? l->lines[l->count - 1].end : 0, i = start;
    int32_t c;
    while ((c = at(l->b, i)) != END && c != '\n' && c != '\r') i++;
    if (c == END && i == start) return false;
    uint32_t after = c == END ? i : c == '\r' && at(l->b, i + 1) == '\n' ? i + 2 : i + 1;
    Line line = {span(start, i), after};
    PUSH(l->lines, l->count, l->room, line);
  }
  return true;
}

// The words of a line, without a byte order mark.
static Span line_words(Lines *l, uint32_t index) { return without_bom(l->b, l->lines[index].content); }

static bool is_blank(Buffer *b, Span line) {
  for (uint32_t i = line.start; i < line.end; i++)
    if (!is_bom_or_space(at(b, i))) return false;
  return true;
}

static bool is_indented(Buffer *b, Span line) { return in(b, line, line.start) == '\t' || has(b, line, line.start, "  "); }

static bool is_dash(int32_t c) { return c == '-' || c == 0x2014 || c == 0x2013; }

static bool equals(Buffer *b, Span s, const char *words) {
  return s.end - s.start == width(words) && has(b, s, s.start, words);
}

// `###`, `# # #`, `-30-`, `— 30 —`, `(END)`, `END`, `ENDS`, `-ends-` alone on a line.
static bool is_end_mark(Buffer *b, Span line) {
  line = trimmed(b, line);
  if (is_empty(line)) return false;
  uint32_t hashes = 0, others = 0;
  // 0 before the dashes, 1 among them, 2 after `3`, 3 after `0`, 4 among the dashes after it, 5 for anything else.
  int state = 0;
  for (uint32_t i = line.start; i < line.end; i++) {
    int32_t c = at(b, i);
    if (is_space(c)) continue;
    if (c == '#') hashes++;
    else others++;
    if (is_dash(c)) state = state <= 1 ? 1 : state == 3 || state == 4 ? 4 : 5;
    else if (c == '3') state = state == 1 ? 2 : 5;
    else if (c == '0') state = state == 2 ? 3 : 5;
    else state = 5;
  }
  return (hashes >= 3 && !others) || state == 4 || equals(b, line, "(END)") || equals(b, line, "END") ||
         equals(b, line, "ENDS") || equals(b, line, "-ends-") || equals(b, line, "-ENDS-") || equals(b, line, "—ENDS—");
}

// Whether words open a definition: `[^id]:` or `[@id]:`.
static bool is_definition(Buffer *b, Span words) {
  if (!has(b, words, words.start, "[^") && !has(b, words, words.start, "[@")) return false;
  uint32_t close = find_char(b, span(words.start + 2, words.end), ']');
  return close != NONE && in(b, words, close + 1) == ':';
}

// Whether words are a list item.
static bool is_item(Buffer *b, Span words) {
  int32_t c = in(b, words, words.start);
  if ((c != '-' && c != '*' && c != 0x2022) || in(b, words, words.start + 1) != ' ') return false;
  return !is_empty(trimmed(b, span(words.start + 2, words.end)));
}

static bool is_closing(int32_t c) {
  return c == 0x201D || c == '"' || c == 0x2019 || c == '\'' || c == ')' || c == ']' || c == '*' || c == '_';
}

// Whether a line of copy ends as a sentence does.
static bool ends_sentence(Buffer *b, Span line) {
  uint32_t end = line.end;
  while (end > line.start && is_space(at(b, end - 1))) end--;
  uint32_t bare = end;
  while (bare > line.start && is_closing(at(b, bare - 1))) bare--;
  if (bare == line.start) return false;
  int32_t c = at(b, bare - 1);
  return c == '.' || c == '?' || c == '!' || c == 0x2026 || (end > bare && c == ',');
}

static const Span WHOLE = {0, UINT32_MAX};

// Pairs the comments that open before a place, wherever they close.
static void pair_comments(Lines *l, uint32_t until) {
  while (l->looked < until && !l->has_unclosed && at(l->b, l->looked) != END) {
    uint32_t i = l->looked;
    if (!has(l->b, WHOLE, i, "<!--")) {
      l->looked++;
      continue;
    }
    l->looked = i + 4;
    if (i > 0 && at(l->b, i - 1) == '\\') continue;
    uint32_t close = find(l->b, WHOLE, i + 4, "-->");
    if (close == NONE) {
      l->has_unclosed = true;
    } else {
      Span comment = {i, close + 3};
      PUSH(l->closed, l->closed_count, l->closed_room, comment);
      l->looked = close + 3;
    }
  }
}

// Seeds the comments with the one that an earlier block opened.
static void begin_in_comment(Lines *l) {
  uint32_t close = find(l->b, WHOLE, 0, "-->");
  Span comment = {0, close == NONE ? UINT32_MAX : close + 3};
  PUSH(l->closed, l->closed_count, l->closed_room, comment);
  l->looked = comment.end;
}

// Whether a place after the first lies inside a closed comment that began before it.
static bool is_inside(Lines *l, uint32_t i) {
  pair_comments(l, i);
  for (uint32_t n = l->closed_count; n > 0; n--)
    if (l->closed[n - 1].start < i) return l->closed[n - 1].end > i;
  return false;
}

#endif
