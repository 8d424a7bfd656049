vim.filetype.add({
  extension = { lede = 'lede' },
  -- Before the extension is looked at, which would say Markdown.
  pattern = { ['.*%.lede%.md'] = { 'lede', { priority = 10 } } },
})
