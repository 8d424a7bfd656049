-- Runs inside Neovim: opens nothing itself, looks at the draft that was opened, and prints one line of JSON for each thing seen.
-- Exit status 0 when all of tests/editors/expected.json was there.
local folder = vim.env.ONRECORD_TESTS
local expected = vim.json.decode(table.concat(vim.fn.readfile(folder .. '/expected.json'), '\n'))
local WAIT = 20000
local passed, failed = 0, 0
local modern = vim.fn.has('nvim-0.11') == 1

local function test(name, check)
  local ok, seen = pcall(check)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
  end
  local line = { test = name, ok = ok }
  line[ok and 'seen' or 'error'] = seen
  io.stdout:write(vim.json.encode(line) .. '\n')
end

local function until_(what, condition)
  local result
  local came = vim.wait(WAIT, function()
    result = condition()
    return result and true or false
  end, 10)
  assert(came, 'waited in vain for ' .. what)
  return result
end

local function client()
  return vim.lsp.get_clients({ bufnr = 0, name = 'onrecord' })[1]
end

local function ask(method, params)
  local c, answer, problem = client(), nil, nil
  if modern then
    answer, problem = c:request_sync(method, params, WAIT, vim.api.nvim_get_current_buf())
  else
    answer, problem = c.request_sync(method, params, WAIT, vim.api.nvim_get_current_buf())
  end
  assert(answer, problem or 'no answer')
  assert(not answer.err, answer.err and answer.err.message)
  return answer.result
end

local function place(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local from, to = line:find(words, 1, true)
    if from then
      return number - 1, from - 1, to
    end
  end
  error('the draft has no ' .. words)
end

local function words_of(d)
  return table.concat(vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {}), '\n')
end

local function finding(rule, words)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.code == rule and words_of(d) == words then
      return d
    end
  end
end

local function position()
  return vim.lsp.util.make_position_params(0, client().offset_encoding)
end

test('the file is read as lede', function()
  assert(vim.bo.filetype == 'lede', 'filetype is ' .. vim.bo.filetype)
  assert(vim.wo.wrap and vim.wo.linebreak)
  return vim.bo.filetype
end)

test('the server answers', function()
  until_('the server', function()
    return client() and client().initialized
  end)
  return { version = tostring(vim.version()), encoding = client().offset_encoding }
end)

for _, want in ipairs(expected.findings) do
  test('finds ' .. want.rule, function()
    local d = until_(want.rule .. ' at ' .. want.words, function()
      return finding(want.rule, want.words)
    end)
    return d.message
  end)
end

test('hover on a speaker', function()
  local line, from = place(expected.hover.on)
  vim.api.nvim_win_set_cursor(0, { line + 1, from })
  local hover = ask('textDocument/hover', position())
  local said = table.concat(vim.lsp.util.convert_input_to_markdown_lines(hover.contents), '\n')
  assert(said:find(expected.hover.says, 1, true), 'it says: ' .. said)
  return said
end)

test('the hover opens a window', function()
  vim.lsp.buf.hover()
  return until_('the window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
        vim.api.nvim_win_close(window, true)
        return lines
      end
    end
  end)
end)

test('symbols have who speaks', function()
  local symbols = ask('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
  local said = vim.json.encode(symbols)
  assert(said:find(expected.hover.says, 1, true), said)
  return #symbols
end)

--- Chooses the rows of vim.ui.select that hold some words, one after the other.
local function choose(...)
  local wanted, before = { ... }, vim.ui.select
  local seen = {}
  vim.ui.select = function(items, options, take)
    local words = table.remove(wanted, 1)
    for _, item in ipairs(items) do
      local row = options.format_item(item)
      table.insert(seen, row)
      if words and row:find(words, 1, true) then
        return take(item)
      end
    end
    take(nil)
  end
  return function()
    vim.ui.select = before
    return seen
  end
end

test('the ledger is chosen from, and leads to the words', function()
  local want = expected.ledger
  local line = place(want.words)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local done = choose(want.speaker, want.words)
  vim.cmd.OnrecordLedger()
  local came = pcall(until_, 'the words', function()
    return vim.api.nvim_win_get_cursor(0)[1] == line + 1
  end)
  local seen = done()
  assert(came, vim.json.encode(seen))
  return seen
end)

test('the health of the plugin is told', function()
  vim.cmd('checkhealth onrecord')
  local lines = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  vim.cmd('bwipeout!')
  assert(lines:find('onrecord 0', 1, true) and lines:find('The server answers for 1 draft', 1, true), lines)
  assert(not lines:find('ERROR', 1, true), lines)
  return 'no error'
end)

test('the quick fix makes its finding go', function()
  local fix = expected.fix
  local line, from = place(fix.words)
  vim.api.nvim_win_set_cursor(0, { line + 1, from + 1 })
  local title
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      local ours = action.title:find(fix.title, 1, true) ~= nil and title == nil
      title = ours and action.title or title
      return ours
    end,
  })
  until_('the change of the text', function()
    return table.concat(vim.api.nvim_buf_get_lines(0, line, line + 1, true)):find(fix.leaves, 1, true)
  end)
  until_('the finding to go', function()
    local left = vim.diagnostic.get(0)
    return #left > 0 and not vim.iter(left):any(function(d)
      return d.code == fix.rule
    end)
  end)
  return title
end)

test('a draft is tidied, and no word changes', function()
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  local line = place('[^holt]: interview')
  vim.api.nvim_buf_set_lines(0, line, line + 1, true, { (before[line + 1]:gsub('; ', ';')) })
  vim.lsp.buf.format({ timeout_ms = WAIT })
  local after = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  assert(vim.deep_equal(before, after), vim.inspect(after))
  return after[line + 1]
end)

test('a name is renamed through the draft', function()
  local want = expected.rename
  local line, from = place(expected.hover.on)
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  vim.api.nvim_win_set_cursor(0, { line + 1, from })
  vim.lsp.buf.rename(want.to)
  until_('the new name', function()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n'):find(want.leaves, 1, true)
  end)
  vim.api.nvim_buf_set_lines(0, 0, -1, true, before)
  return want.leaves
end)

test('the draft is filed', function()
  local register = vim.fn.has('clipboard') == 1 and '+' or '"'
  -- Registers outlive a session.
  vim.fn.setreg(register, '')
  vim.cmd.OnrecordFile()
  local copy = until_('the clean text', function()
    local copy = vim.fn.getreg(register)
    return copy:find('\n', 1, true) and not copy:find('###', 1, true) and copy
  end)
  assert(not copy:find('[^', 1, true), copy)
  until_('the list beside it', function()
    return vim.fn.getqflist({ winid = 1 }).winid ~= 0
  end)
  vim.cmd.cclose()
  return { vim.fn.getqflist({ title = 1 }).title, #vim.fn.getqflist(), #copy }
end)

test('completion of a source', function()
  local want = expected.completion
  local line = place('###') - 2
  local text = vim.api.nvim_buf_get_lines(0, line, line + 1, true)[1] .. ' ' .. want.typed
  vim.api.nvim_buf_set_lines(0, line, line + 1, true, { text })
  vim.api.nvim_win_set_cursor(0, { line + 1, #text })
  local params = position()
  params.context = { triggerKind = 2, triggerCharacter = want.typed:sub(-1) }
  -- In insert mode the cursor stands behind the last letter.
  local encoding = client().offset_encoding
  if modern then
    params.position.character = vim.str_utfindex(text, encoding)
  else
    local utf32, utf16 = vim.str_utfindex(text)
    params.position.character = encoding == 'utf-16' and utf16 or encoding == 'utf-32' and utf32 or #text
  end
  local list = ask('textDocument/completion', params)
  local labels = vim.tbl_map(function(item)
    return item.label
  end, list.items or list)
  assert(vim.tbl_contains(labels, function(label)
    return label:find(want.offers, 1, true) ~= nil
  end, { predicate = true }), 'offered: ' .. table.concat(labels, ', '))
  return labels
end)

test('the commands are there', function()
  assert(vim.fn.exists(':OnrecordCheck') == 2 and vim.fn.exists(':OnrecordRestart') == 2)
  local before = client().id
  vim.cmd.OnrecordRestart()
  until_('another client', function()
    return client() and client().id ~= before and client().initialized
  end)
  until_('its findings', function()
    return #vim.diagnostic.get(0) > 0
  end)
  return 'restarted'
end)

test('the configuration file is looked at too', function()
  vim.cmd.edit(vim.fn.tempname() .. '-desk/onrecord.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { 'profil = "wire"' })
  local d = until_('a finding in it', function()
    return vim.diagnostic.get(0)[1]
  end)
  assert(d.code == 'configuration-problem', d.message)
  return d.message
end)

test('plain text becomes a draft', function()
  vim.cmd('enew!')
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { 'It is widely believed that the old boat will be scrapped.' })
  vim.cmd.OnrecordCheck()
  local d = until_('a finding', function()
    return vim.diagnostic.get(0)[1]
  end)
  assert(vim.fn.filereadable(vim.api.nvim_buf_get_name(0)) == 0, 'nothing is written unasked')
  return { vim.fn.bufname(), d.message }
end)

io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
vim.cmd(failed == 0 and 'qa!' or 'cq!')
