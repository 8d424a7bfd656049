// What stands inside a block: escapes, URLs, marks, links, TK words, emphasis. As src/syntax/inline.rs reads it.
#ifndef LEDE_INLINES_H
#define LEDE_INLINES_H

#include "found.h"

// How deep emphasis may stand in emphasis: a hostile text must not use up the stack.
#define DEPTH 64

static const char *const NOTES[] = {"ED", "EDS", "DESK", "LEGAL", "NOTE", "PHOTO", "COPY", "FC", "CHECK", NULL};

typedef struct {
  Buffer *b;
  Found *f;
  Span run;
  bool may_link, in_open_note, has_no_close[3];
  // The quotation marks of the run up to `seen`.
  uint32_t seen, opened, closed, straight;
  uint32_t depth;
} Reader;

static void read_run(Reader *r);

// The first step that ends after a place.
static Span *skip_after(Reader *r, uint32_t i) {
  uint32_t low = 0, high = r->f->skip_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (r->f->skips[middle].end <= i) low = middle + 1;
    else high = middle;
  }
  return low < r->f->skip_count ? &r->f->skips[low] : NULL;
}

static bool is_interrupted(Reader *r, Span words) {
  Span *skip = skip_after(r, words.start);
  return skip && overlaps(*skip, words);
}

static int32_t before(Reader *r, uint32_t i) { return i > r->run.start ? at(r->b, i - 1) : END; }

static bool is_note_name(Buffer *b, Span s) {
  for (const char *const *name = NOTES; *name; name++)
    if (s.end - s.start == strlen(*name) && has(b, s, s.start, *name)) return true;
  return false;
}

static uint32_t read_escape(Reader *r, uint32_t i) {
  uint32_t length = has(r->b, r->run, i + 1, "TK") ? 2 : is_ascii_punct(in(r->b, r->run, i + 1)) ? 1 : 0;
  if (!length) return 0;
  push_item(r->f, span(i, i + 1 + length), span(i, i), LEAF, ESCAPE);
  return i + 1 + length;
}

static bool starts_lower(Reader *r, uint32_t i, const char *words) {
  for (; *words; words++, i++)
    if (lower(in(r->b, r->run, i)) != *words || in(r->b, r->run, i) == 0x212A) return false;
  return true;
}

static uint32_t read_url(Reader *r, uint32_t i) {
  bool starts = starts_lower(r, i, "http://") || starts_lower(r, i, "https://") || starts_lower(r, i, "www.");
  if (!starts || is_alphanumeric(before(r, i))) return 0;
  uint32_t end = i;
  for (int32_t c; (c = in(r->b, r->run, end)) != END; end++)
    if (is_space(c) || c == '<' || c == '>' || c == '"' || c == 0x201D || c == 0x201C || c == 0x2019 || c == ')' ||
        c == ']' || c == '}' || c == '|')
      break;
  while (end > i) {
    int32_t c = at(r->b, end - 1);
    if (c != '.' && c != ',' && c != ';' && c != ':' && c != '!' && c != '?') break;
    end--;
  }
  push_item(r->f, span(i, end), span(i, end), LEAF, URL);
  return end;
}

static bool is_email_part(int32_t c) { return is_ascii_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+'; }

static uint32_t read_email(Reader *r, uint32_t i) {
  uint32_t start = i, end = i + 1;
  while (start > r->run.start && is_email_part(at(r->b, start - 1))) start--;
  while (is_email_part(in(r->b, r->run, end))) end++;
  while (end > i + 1 && at(r->b, end - 1) == '.') end--;
  bool has_dot = find_char(r->b, span(i + 1, end), '.') != NONE;
  if (start == i || !has_dot) return 0;
  if (r->f->item_count && overlaps(r->f->items[r->f->item_count - 1].span, span(start, end))) return 0;
  push_item(r->f, span(start, end), span(start, end), LEAF, EMAIL);
  return end;
}

static uint32_t read_todo_word(Reader *r, uint32_t i) {
  Span run = r->run;
  if (!has(r->b, run, i, "TK")) return 0;
  uint32_t end = i;
  while (is_upper_or_digit(in(r->b, run, end))) end++;
  int32_t c = before(r, i), next = in(r->b, run, end);
  bool glued = c != END && (is_alphanumeric(c) || c == '$' || c == ':' || c == '@' || c == '#' || c == '/' || c == '.' ||
                             c == '-' || c == '_');
  bool goes_on = next != END && (is_alphanumeric(next) || next == '_');
  Span word = span(i, end);
  uint32_t length = end - i;
  bool brand = (length == 3 && has(r->b, word, i, "TKO")) || (length == 4 && has(r->b, word, i, "TKOS")) ||
               (length == 4 && has(r->b, word, i, "TKTS")) || has(r->b, run, end, " Maxx") || has(r->b, run, end, " MAXX");
  if (glued || goes_on || brand) return 0;
  push_item(r->f, word, word, LEAF, TODO_WORD);
  return end;
}

// Reads what stands inside a pair of signs.
static void read_inside(Reader *r, Span words, bool may_link) {
  if (r->depth >= DEPTH) return;
  Reader inner = {
      .b = r->b, .f = r->f, .run = words, .may_link = may_link && r->may_link, .in_open_note = r->in_open_note,
      .seen = words.start, .depth = r->depth + 1,
  };
  read_run(&inner);
}

static uint32_t read_emphasis(Reader *r, uint32_t i) {
  Buffer *b = r->b;
  int32_t sign = at(b, i);
  bool is_strong = sign == '*' && in(b, r->run, i + 1) == '*';
  const char *mark = is_strong ? "**" : sign == '*' ? "*" : "_";
  uint32_t length = is_strong ? 2 : 1, inner = i + length, kind = is_strong ? 2 : sign == '_';
  int32_t c = before(r, i), first = in(b, r->run, inner);
  bool opens = c == END || (!is_alphanumeric(c) && c != '*' && c != '_' && c != '\\');
  if (!opens || first == END || is_space(first) || first == '*' || first == '_' || r->has_no_close[kind]) return 0;
  uint32_t from = inner, close;
  for (;;) {
    close = find(b, r->run, from, mark);
    if (close == NONE) {
      r->has_no_close[kind] = true;
      return 0;
    }
    int32_t after = in(b, r->run, close + length), last = before(r, close);
    bool closes = last != END && !is_space(last) && last != '\\' && (after == END || !is_alphanumeric(after)) &&
                  !(length == 1 && sign == '*' && after == '*');
    if (closes && close > inner) break;
    from = close + length;
  }
  Span words = span(inner, close);
  if (is_interrupted(r, words)) return 0;
  push_item(r->f, span(i, close + length), words, PAIR, is_strong ? STRONG_OPEN : EMPHASIS_OPEN);
  read_inside(r, words, true);
  return close + length;
}

#include "marks.h"

static void read_run(Reader *r) {
  uint32_t i = r->run.start;
  while (i < r->run.end) {
    Span *skip = skip_after(r, i);
    if (skip && skip->start <= i) {
      i = skip->end;
      continue;
    }
    uint32_t next = 0;
    switch (at(r->b, i)) {
      case '\\': next = read_escape(r, i); break;
      case '[': next = read_bracket(r, i); break;
      case 'h': case 'w': case 'H': case 'W': next = read_url(r, i); break;
      case '@': next = read_email(r, i); break;
      case 'T': next = read_todo_word(r, i); break;
      case '*': case '_': next = read_emphasis(r, i); break;
    }
    i = next ? next : i + 1;
  }
}

// Every `[` of a run that has its `]`; escaped ones do not count.
static void pair_brackets(Buffer *b, Found *f, Span run) {
  uint32_t *open = NULL, count = 0, room = 0;
  bool is_escaped = false;
  f->bracket_count = 0;
  for (uint32_t i = run.start; i < run.end; i++) {
    int32_t c = at(b, i);
    if (is_escaped) is_escaped = false;
    else if (c == '\\') is_escaped = true;
    else if (c == '[') PUSH(open, count, room, i);
    else if (c == ']' && count) {
      Span pair = {open[--count], i};
      PUSH(f->brackets, f->bracket_count, f->bracket_room, pair);
    }
  }
  ts_free(open);
  sort(f->brackets, f->bracket_count, sizeof(Span));
}

// Reads a run of a block; the steps must be merged.
static void read_inlines(Buffer *b, Found *f, Span run) {
  pair_brackets(b, f, run);
  Reader r = {.b = b, .f = f, .run = run, .may_link = true, .seen = run.start};
  read_run(&r);
}

#endif
