; Sources and entities: defined once, named in marks and links.
(document) @local.scope

(source_definition (id) @local.definition)
(entity_definition (id) @local.definition)

(source_mark (id) @local.reference)
(speaker_mark (id) @local.reference)
(link (id) @local.reference)
