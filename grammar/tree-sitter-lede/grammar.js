/**
 * @file Lede, the markup of news drafts, for tree-sitter.
 * @license MIT OR Apache-2.0
 *
 * What a block is and what stands in it is decided in src/scanner.c, which reads as the server's own parser does
 * (src/syntax of the project; held equal by tests/differential.rs). This file only names what the scanner finds.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// The order is that of `enum Token` in src/token.h.
const STARTS = [
  'header', 'paragraph', 'scratch', 'headline', 'subhead', 'block_quote', 'pull_quote', 'list', 'table', 'image',
  'correction', 'credit', 'rights', 'end_mark', 'source_definition', 'entity_definition', 'comment_block',
  'notes_mark', 'story_mark',
];

const OPENERS = [
  'source', 'speaker', 'check', 'stet', 'todo', 'note', 'link', 'emphasis', 'strong', 'quotation',
];

const start = name => `_${name}_start`;
const opener = name => `_${name}_open`;

module.exports = grammar({
  name: 'lede',

  extras: _ => [],

  externals: $ => [
    ...STARTS.map(name => $[start(name)]),
    $._text, $._space, $._gap, $.delimiter, $._open, $._close,
    $.fence, $.key, $.value, $.kind, $.title, $.term, $.id, $.locator,
    $.marker, $.rule_line, $.path, $.address,
    $.who, $.date, $.hash, $.note_text, $.rule_name, $.reason,
    $.todo_word, $.url, $.email, $.escape, $.comment, $.sign,
    ...OPENERS.map(name => $[opener(name)]),
  ],

  rules: {
    document: $ => seq(optional($._gap), repeat(seq($._block, optional($._gap)))),

    _block: $ => choice(
      $.header, $.paragraph, $.scratch, $.headline, $.subhead, $.block_quote, $.pull_quote, $.list, $.table, $.image,
      $.correction, $.credit, $.rights, $.end_mark, $.source_definition, $.entity_definition, $.comment_block,
      $.notes_mark, $.story_mark,
    ),

    header: $ => seq($._header_start, repeat(choice($.fence, $.field, $.comment, $._space, $._text))),
    field: $ => seq($.key, $.delimiter, optional($.value)),

    paragraph: $ => seq($._paragraph_start, repeat($._inline)),
    scratch: $ => seq($._scratch_start, repeat($._inline)),
    headline: $ => seq($._headline_start, repeat($._inline)),
    subhead: $ => seq($._subhead_start, repeat($._inline)),
    block_quote: $ => seq($._block_quote_start, repeat($._inline)),
    pull_quote: $ => seq($._pull_quote_start, repeat($._inline)),
    list: $ => seq($._list_start, repeat($._inline)),
    table: $ => seq($._table_start, repeat(choice($._inline, $.rule_line))),
    image: $ => seq($._image_start, repeat(choice($._inline, $.path, $.title, $.delimiter))),
    correction: $ => seq($._correction_start, repeat($._inline)),
    credit: $ => seq($._credit_start, repeat($._inline)),
    rights: $ => seq($._rights_start, repeat($._inline)),
    end_mark: $ => seq($._end_mark_start, repeat(choice($.sign, $._space))),
    notes_mark: $ => seq($._notes_mark_start, repeat(choice($.sign, $._space))),
    story_mark: $ => seq($._story_mark_start, repeat(choice($.sign, $._space))),
    comment_block: $ => seq($._comment_block_start, repeat(choice($.comment, $._space))),

    source_definition: $ => seq($._source_definition_start, $._definition),
    entity_definition: $ => seq($._entity_definition_start, $._definition),
    _definition: $ => repeat1(choice(
      $.id, $.kind, $.title, $.term, $.field, $.comment, $.delimiter, $._space, $._text,
    )),

    _inline: $ => choice(
      $._text, $._space, $.marker, $.todo_word, $.url, $.email, $.escape, $.comment,
      $.source_mark, $.speaker_mark, $.check_mark, $.stet_mark, $.todo_mark, $.note,
      $.link, $.emphasis, $.strong, $.quotation,
    ),

    source_mark: $ => seq($._source_open, repeat($._piece), $._close),
    speaker_mark: $ => seq($._speaker_open, repeat($._piece), $._close),
    check_mark: $ => seq($._check_open, repeat($._piece), $._close),
    stet_mark: $ => seq($._stet_open, repeat($._piece), $._close),
    todo_mark: $ => seq($._todo_open, repeat($._piece), $._close),
    note: $ => seq($._note_open, repeat(choice($.who, $.note_text, $.delimiter, $._inline)), $._close),
    _piece: $ => choice(
      $.id, $.locator, $.who, $.date, $.hash, $.note_text, $.rule_name, $.reason, $.delimiter, $.comment,
    ),

    link: $ => seq(
      $._link_open, repeat($._inline),
      $._open, repeat(choice($.id, $.locator, $.address, $.delimiter, $.comment)), $._close,
    ),
    emphasis: $ => seq($._emphasis_open, repeat($._inline), $._close),
    strong: $ => seq($._strong_open, repeat($._inline), $._close),
    quotation: $ => seq($._quotation_open, repeat($._inline), $._close),
  },
});
