-- Copy is prose: long lines, broken between words.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.opt_local.wrap = true
vim.opt_local.linebreak = true
vim.opt_local.commentstring = '<!-- %s -->'
vim.opt_local.textwidth = 0
vim.b.undo_ftplugin = 'setlocal wrap< linebreak< commentstring< textwidth< conceallevel<'

-- Marks out of sight but on the line of the cursor, for those who want it.
if vim.g.onrecord_conceal then
  vim.opt_local.conceallevel = 2
end
