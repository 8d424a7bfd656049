-- Starts the server for news drafts, and the commands :OnrecordCheck, :OnrecordFile, :OnrecordLedger, :OnrecordNames and :OnrecordRestart.
if vim.g.loaded_onrecord then
  return
end
vim.g.loaded_onrecord = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('Onrecord needs Neovim 0.10 or later.', vim.log.levels.WARN)
  return
end

local modern = vim.fn.has('nvim-0.11') == 1

--- The server's configuration with what the user changed in it: by vim.lsp.config, or by vim.g.onrecord before 0.11.
local function config()
  if modern then
    return vim.lsp.config.onrecord
  end
  local file = vim.api.nvim_get_runtime_file('lsp/onrecord.lua', false)[1]
  local ours = dofile(file)
  return vim.tbl_deep_extend('force', { name = 'onrecord' }, ours, vim.g.onrecord or {})
end

--- Whether the program is there; says once what to do when it is not.
local told = false
local function is_installed()
  local cmd = config().cmd
  if type(cmd) ~= 'table' or vim.fn.executable(cmd[1]) == 1 then
    return true
  end
  if not told then
    told = true
    vim.notify(
      ('Onrecord: the program “%s” was not found. Install it (cargo install onrecord), or see :help onrecord-path.'):format(cmd[1]),
      vim.log.levels.WARN
    )
  end
  return false
end

local function start(buffer)
  if not is_installed() then
    return
  end
  if modern then
    vim.lsp.enable('onrecord')
    return
  end
  local settings = config()
  settings.root_dir = vim.fs.root(buffer, settings.root_markers)
  vim.lsp.start(settings, { bufnr = buffer })
end

local group = vim.api.nvim_create_augroup('onrecord', {})
if modern and vim.fn.executable((config().cmd or {})[1] or '') == 1 then
  vim.lsp.enable('onrecord')
else
  -- 0.10 starts the server by hand for each draft; a later Neovim comes here only to be told what is missing.
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'lede',
    callback = function(event)
      start(event.buf)
    end,
  })
end

-- In the files that say how a project checks its drafts, the server completes and explains the keys.
vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  group = group,
  pattern = { 'onrecord.toml', '.onrecord.toml' },
  callback = function(event)
    if is_installed() then
      local settings = vim.tbl_extend('force', config(), { name = 'onrecord' })
      settings.root_dir = vim.fs.root(event.buf, settings.root_markers)
      vim.lsp.start(settings, { bufnr = event.buf })
    end
  end,
})

--- A name for a text that has none, which the server cannot be told of; nothing is written before `:write`.
local function name_draft()
  local name, number = 'draft.lede', 1
  while vim.uv.fs_stat(name) or vim.fn.bufexists(name) == 1 do
    number = number + 1
    name = ('draft-%d.lede'):format(number)
  end
  vim.api.nvim_buf_set_name(0, name)
end

vim.api.nvim_create_user_command('OnrecordCheck', function()
  if vim.api.nvim_buf_get_name(0) == '' then
    name_draft()
  end
  vim.bo.filetype = 'lede'
end, { desc = 'Read this text as a news draft' })

--- Asks for what to know before the draft is filed and for its copy; the first goes to the quickfix list, the second
--- to the clipboard, or to the unnamed register where there is none.
vim.api.nvim_create_user_command('OnrecordFile', function()
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ name = 'onrecord', bufnr = buffer })[1]
  if not client then
    vim.notify('Onrecord: no draft is open here. :OnrecordCheck reads this text as one.', vim.log.levels.WARN)
    return
  end
  local params = { command = 'onrecord.file', arguments = { vim.uri_from_bufnr(buffer) } }
  local function take(problem, answer)
    if problem or not answer then
      vim.notify('Onrecord: ' .. tostring(problem and problem.message or 'no answer'), vim.log.levels.ERROR)
      return
    end
    if answer.refused then
      vim.notify(answer.refused.message, vim.log.levels.ERROR)
      local start = answer.refused.range.start
      vim.api.nvim_win_set_cursor(0, { start.line + 1, 0 })
      return
    end
    local kinds = { error = 'E', warning = 'W', information = 'I', hint = 'N' }
    local items = {}
    for _, line in ipairs(answer.before) do
      table.insert(items, {
        bufnr = buffer,
        lnum = line.range.start.line + 1,
        text = line.message,
        type = kinds[line.severity],
      })
    end
    vim.fn.setqflist({}, ' ', { title = 'Before you file', items = items })
    local register = vim.fn.has('clipboard') == 1 and '+' or '"'
    vim.fn.setreg(register, answer.text)
    local left = #answer.leftOut > 0 and ('; left out: ' .. table.concat(answer.leftOut, ', ')) or ''
    vim.notify(('Onrecord: the clean text is in register %s%s. %d to look at first, in the quickfix list.'):format(register, left, #items))
    if #items > 0 then
      vim.cmd('copen')
      vim.cmd('wincmd p')
    end
  end
  if modern then
    client:request('workspace/executeCommand', params, take, buffer)
  else
    client.request('workspace/executeCommand', params, take, buffer)
  end
end, { desc = 'What to know before this draft is filed, and its clean text' })

vim.api.nvim_create_user_command('OnrecordLedger', function()
  require('onrecord.pick').ledger()
end, { desc = 'Who speaks in this draft, and their words to go to' })

vim.api.nvim_create_user_command('OnrecordNames', function(command)
  require('onrecord.pick').names(command.args)
end, { nargs = '?', desc = 'People, bodies and stories of the desk to go to' })

vim.api.nvim_create_user_command('OnrecordRestart', function()
  told = false
  local clients = vim.lsp.get_clients({ name = 'onrecord' })
  for _, client in ipairs(clients) do
    if modern then
      client:stop()
    else
      client.stop()
    end
  end
  vim.wait(2000, function()
    return #vim.lsp.get_clients({ name = 'onrecord' }) == 0
  end, 20)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'lede' then
      start(buffer)
      if modern then
        vim.api.nvim_exec_autocmds('FileType', { buffer = buffer, group = 'nvim.lsp.enable' })
      end
    end
  end
end, { desc = 'Start the server of Onrecord anew' })
