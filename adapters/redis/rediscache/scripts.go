package rediscache

import "github.com/redis/go-redis/v9"

// Under the prefix P lie, of other kinds than anything else there:
//
//	P:<key>               hash    "v" the value, "s" when it was set, "#<tag>" for each tag
//	P:tag:<tag>           set     the names of hashes that were set with the tag
//	P:invalidated:<tag>   string  when the tag was invalidated
//	P:invalidated         string  when everything was
//	P:clock               string  the latest instant that was given out
//	P:invalidations       channel ":<tag>", or nothing for everything
//
// Instants are microseconds of the server's clock, each greater than the one
// before even where that clock goes back, so that no two steps share one. Each
// script runs as one step. A value is out of date when one of its tags was
// invalidated after it was set: should the server evict the set of a tag, its
// values still are never read again.

// prelude is what the scripts share. ARGV[1] is the prefix. For MEMORY
// milliseconds it is known when a tag was invalidated; an older stamp stores
// nothing.
const prelude = `
local P, MEMORY = ARGV[1], 172800000
local function tick()
  local t = redis.call('TIME')
  local now = t[1] * 1000000 + t[2]
  local last = tonumber(redis.call('GET', P .. ':clock') or '0')
  if now <= last then now = last + 1 end
  redis.call('SET', P .. ':clock', string.format('%.0f', now))
  return now
end
local function outdated(tag, at)
  local instant = redis.call('GET', P .. ':invalidated' .. tag)
  return instant and tonumber(instant) > at
end
local function outdate(tag, now)
  redis.call('SET', P .. ':invalidated' .. tag, string.format('%.0f', now), 'PX', MEMORY)
  redis.call('PUBLISH', P .. ':invalidations', tag)
end
`

// stampScript returns the present instant.
const stampScript = prelude + `return string.format('%.0f', tick())`

// getScript takes the hash KEYS[1] and returns the value, the milliseconds that
// are left, and the tags; or nothing.
const getScript = prelude + `
local fields = redis.call('HGETALL', KEYS[1])
if #fields == 0 then return false end
local value, at, tags = '', 0, {}
for i = 1, #fields, 2 do
  local name = fields[i]
  if name == 'v' then value = fields[i + 1]
  elseif name == 's' then at = tonumber(fields[i + 1])
  else tags[#tags + 1] = string.sub(name, 2) end
end
local answer = {value, redis.call('PTTL', KEYS[1])}
for _, tag in ipairs(tags) do
  if outdated(':' .. tag, at) then redis.call('DEL', KEYS[1]) return false end
  answer[#answer + 1] = tag
end
return answer`

// setScript takes the hash KEYS[1], value, milliseconds, stamp or nothing, and tags.
const setScript = prelude + `
local value, ttl, stamp = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tick()
if stamp then
  if now - stamp > MEMORY * 1000 or outdated('', stamp) then return 0 end
  for i = 5, #ARGV do
    if outdated(':' .. ARGV[i], stamp) then return 0 end
  end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'v', value, 's', string.format('%.0f', now))
for i = 5, #ARGV do
  redis.call('HSET', KEYS[1], '#' .. ARGV[i], '')
  local set = P .. ':tag:' .. ARGV[i]
  redis.call('SADD', set, KEYS[1])
  if redis.call('PTTL', set) < ttl then redis.call('PEXPIRE', set, ttl) end
end
redis.call('PEXPIRE', KEYS[1], ttl)
return 1`

// invalidateScript takes tags and returns how many values were forgotten.
const invalidateScript = prelude + `
local now, forgotten = tick(), 0
for i = 2, #ARGV do
  local set = P .. ':tag:' .. ARGV[i]
  for _, entry in ipairs(redis.call('SMEMBERS', set)) do
    if redis.call('HEXISTS', entry, '#' .. ARGV[i]) == 1 then
      forgotten = forgotten + redis.call('DEL', entry)
    end
  end
  redis.call('DEL', set)
  outdate(':' .. ARGV[i], now)
end
return forgotten`

// outdateScript refuses every stamp so far.
const outdateScript = prelude + `outdate('', tick()) return 1`

// pruneScript takes the set KEYS[1] of a tag, the tag and members, and removes
// those of the members that have the tag no more.
const pruneScript = `
for i = 2, #ARGV do
  if redis.call('HEXISTS', ARGV[i], '#' .. ARGV[1]) == 0 then redis.call('SREM', KEYS[1], ARGV[i]) end
end
return 1`

// sizeScript returns the bytes of the values and tags of the hashes KEYS.
const sizeScript = `
local size = 0
for _, entry in ipairs(KEYS) do
  size = size + redis.call('HSTRLEN', entry, 'v')
  for _, name in ipairs(redis.call('HKEYS', entry)) do
    size = size + #name - 1
  end
end
return size`

// scripts are those above, each with the hash by which the server knows it.
type scripts struct {
	stamp, get, set, invalidate, outdate, prune, size *redis.Script
}

func newScripts() scripts {
	return scripts{
		redis.NewScript(stampScript), redis.NewScript(getScript), redis.NewScript(setScript), redis.NewScript(invalidateScript),
		redis.NewScript(outdateScript), redis.NewScript(pruneScript), redis.NewScript(sizeScript),
	}
}
