-- Saves one section of the draft KEYS[1], a hash, and returns its version; or
-- changes nothing and returns one of the refusals that stand in Go.
--
-- The content comes last: a server that does not know a command quotes the
-- beginning of what it was sent.
local lapsed, at, ttl, most = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local mark, begin, base, page, quiet = ARGV[5], ARGV[6] == '1', ARGV[7], ARGV[8], ARGV[9]
local section, content = ARGV[10], ARGV[11]
local draft = KEYS[1]

local saved, n, version, last = unpack(redis.call('HMGET', draft, 'saved', 'n', 'v:' .. section, 'm:' .. section))
local there = saved and tonumber(saved) > lapsed
if not there and not begin then
	return -1
end

local number, follower = string.match(there and version or '0 ', '^(%d+) (.*)$')
if there and last == mark then
	return tonumber(number) -- the answer got lost, so the client sent the save again
end
if base ~= '-1' and base ~= number and (follower == '' or follower ~= page) then
	return -2
end

local size = #content
for _, field in ipairs(there and redis.call('HKEYS', draft) or {}) do
	if string.sub(field, 1, 2) == 's:' and field ~= 's:' .. section then
		size = size + redis.call('HSTRLEN', draft, field)
	end
end
if size > most then
	return -3
end

if saved and not there then
	redis.call('DEL', draft) -- it has expired
end
n = (there and n or 0) + 1
redis.call('HSET', draft, 'saved', at, 'n', n,
	'v:' .. section, n .. ' ' .. quiet, 'm:' .. section, mark, 's:' .. section, content)
redis.call('PEXPIRE', draft, ttl)
return n
