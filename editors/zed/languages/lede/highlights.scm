; Colours of a draft before the server answers; its semantic tokens win.

(headline) @markup.heading.1
(subhead) @markup.heading.2
(marker) @punctuation.special
(block_quote) @markup.quote
(pull_quote) @markup.quote
(quotation) @markup.quote
(emphasis) @markup.italic
(strong) @markup.strong

(fence) @punctuation.delimiter
(header (field (key) @property))
(header (field (value) @string))
(header (field (delimiter) @punctuation.delimiter))

(source_mark) @markup.link
(speaker_mark) @markup.link
(source_mark (id) @label)
(speaker_mark (id) @label)
(locator) @number
(link (id) @label)
(link (address) @markup.link.url)
(url) @markup.link.url
(email) @markup.link.url
(path) @markup.link.url

(check_mark) @keyword
(stet_mark) @keyword
(stet_mark (rule_name) @constant)
(stet_mark (reason) @comment)
(todo_mark) @comment.todo
(todo_word) @comment.todo
(note) @comment.note
(note (who) @keyword)

(source_definition (id) @label)
(entity_definition (id) @label)
(source_definition (kind) @type)
(entity_definition (kind) @type)
(source_definition (title) @string)
(entity_definition (title) @string)
(source_definition (field (key) @property))
(entity_definition (field (key) @property))
(source_definition (field (value) @string))
(entity_definition (field (value) @string))
(source_definition (term) @attribute)
(entity_definition (term) @attribute)

(correction) @markup.heading.3
(credit) @comment
(rights) @comment
(scratch) @comment
(end_mark) @punctuation.special
(notes_mark) @punctuation.special
(story_mark) @punctuation.special
(comment) @comment
(comment_block) @comment
(escape) @string.escape
(rule_line) @punctuation.special
