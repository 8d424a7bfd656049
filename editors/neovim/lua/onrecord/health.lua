-- :checkhealth onrecord
local M = {}
local health = vim.health

--- The server's configuration as it counts, and where it comes from.
local function config()
  if vim.fn.has('nvim-0.11') == 1 then
    return vim.lsp.config.onrecord or {}
  end
  local file = vim.api.nvim_get_runtime_file('lsp/onrecord.lua', false)[1]
  return vim.tbl_deep_extend('force', file and dofile(file) or {}, vim.g.onrecord or {})
end

local function check_neovim()
  if vim.fn.has('nvim-0.10') == 0 then
    health.error('Neovim is too old', { 'Onrecord needs Neovim 0.10 or later' })
  elseif vim.fn.has('nvim-0.11') == 0 then
    health.warn('Neovim 0.10 completes only names that begin with what is typed', { '0.11 and later accept a surname or a slip of the finger' })
  else
    health.ok('Neovim ' .. tostring(vim.version()))
  end
end

local function check_program()
  local cmd = config().cmd
  if type(cmd) ~= 'table' then
    health.info('The server is started by a function of your own')
    return
  end
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    health.error(('the program “%s” was not found'):format(cmd[1]), {
      'cargo install onrecord, or cargo install --path . in the repository',
      'or name it: vim.lsp.config("onrecord", { cmd = { "/path/to/onrecord", "serve" } })',
    })
    return
  end
  local said = vim.fn.system({ path, '--version' })
  if vim.v.shell_error ~= 0 then
    health.error(('%s does not run: %s'):format(path, vim.trim(said)))
  else
    health.ok(('%s is %s'):format(path, vim.trim(said)))
  end
end

local function check_drafts()
  local clients = vim.lsp.get_clients({ name = 'onrecord' })
  if #clients == 0 then
    health.info('No draft is open. A draft ends in .lede or .lede.md; :OnrecordCheck reads any text as one')
    return
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers or {})
    health.ok(('The server answers for %d draft(s), columns in %s, in %s'):format(buffers, client.offset_encoding or 'utf-16', client.root_dir or 'no folder'))
    if not client.root_dir then
      health.info('Outside a folder with onrecord.toml, entities/ or .git no other drafts and no names are looked at')
    end
  end
end

local function check_colours()
  local has_parser = pcall(vim.treesitter.language.add, 'lede')
  local added = has_parser and #vim.api.nvim_get_runtime_file('parser/lede.*', false) > 0
  if added then
    health.ok('The tree-sitter grammar for drafts is there')
  else
    health.info('Drafts are coloured by the syntax file; grammar/tree-sitter-lede is not installed, and need not be')
  end
  if vim.fn.has('clipboard') == 1 then
    health.ok(':OnrecordFile puts the clean text on the clipboard')
  else
    health.warn('there is no clipboard: :OnrecordFile puts the clean text into the unnamed register', { ':help clipboard' })
  end
end

function M.check()
  health.start('Neovim')
  check_neovim()
  health.start('The program')
  check_program()
  health.start('Drafts')
  check_drafts()
  health.start('Around them')
  check_colours()
end

return M
