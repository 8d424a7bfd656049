; Words of comments may hold marks of their own (TODO, FIXME) where an editor knows such a language.
((comment) @injection.content
  (#set! injection.language "comment"))
