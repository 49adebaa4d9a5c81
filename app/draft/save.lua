-- Saves one section of the draft KEYS[1], a hash, and returns the version of the
-- section; or changes nothing and returns one of the refusals in redis_save.go.
--
-- The content is the last argument: a server that does not know a command quotes
-- the first ones.
local cutoff, at, ttl, max_bytes = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local mark, begin, base, page, autosave_page = ARGV[5], ARGV[6] == '1', ARGV[7], ARGV[8], ARGV[9]
local section, content = ARGV[10], ARGV[11]
local draft = KEYS[1]

local saved, n, version, last_mark = unpack(redis.call('HMGET', draft, 'saved', 'n', 'v:' .. section, 'm:' .. section))
local exists = saved and tonumber(saved) > cutoff
if not exists and not begin then
	return -1
end

local number, last_page = string.match(exists and version or '0 ', '^(%d+) (.*)$')
if exists and last_mark == mark then
	return tonumber(number) -- the answer was lost and the client sent the save again
end
if base ~= '-1' and base ~= number and (last_page == '' or last_page ~= page) then
	return -2
end

local size = #content
for _, field in ipairs(exists and redis.call('HKEYS', draft) or {}) do
	if string.sub(field, 1, 2) == 's:' and field ~= 's:' .. section then
		size = size + redis.call('HSTRLEN', draft, field)
	end
end
if max_bytes > 0 and size > max_bytes then
	return -3
end

-- HSET is the first write: only that one Redis refuses when it has no memory left. What
-- an expired draft has besides goes afterwards.
local left = saved and not exists and redis.call('HKEYS', draft) or {}
n = (exists and n or 0) + 1
local fields = {'saved', at, 'n', n, 'v:' .. section, n .. ' ' .. autosave_page, 'm:' .. section, mark, 's:' .. section, content}
redis.call('HSET', draft, unpack(fields))
local written = {}
for i = 1, #fields, 2 do
	written[fields[i]] = true
end
for _, field in ipairs(left) do
	if not written[field] then
		redis.call('HDEL', draft, field)
	end
end
redis.call('PEXPIRE', draft, ttl)
return n
