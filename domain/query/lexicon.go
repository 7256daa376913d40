package query

import "strings"

// stopWords say nothing about what is asked. Never written.
var stopWords = set(`a about after again all also although am an and any anyone anything are as ask at be because been before being between both but by
can cannot could did do does doing don done each else etc ever every exactly example explain few find for from further get give given gives go goes going
got had happen happens has have having he help her here him his how however i if in instead into is it its itself just know let like ll look m many may
me might mine more most much must my myself need needs no nor not now of off on once one only or other our out over own please possible proper properly
re really right s same say says see shall she should show so some somebody someone something still such sure t tell than thank thanks that the their them
then there these they thing things this those through to too try trying under until up upon us use used uses using ve very via want was way ways we well
were what whats when where whether which while who whom whose why will with within without won work works would yes yet you your yourself mean means
describe per bring turn rid back difference take takes make makes meant kind sort supposed allowed actually currently`)

// synonyms are words that documentation uses for one another. Each line is one
// group; the first words of different groups are independent. Never written.
var synonyms = groups(`
remove delete drop erase
backup snapshot
restore recover recovery
limit maximum max quota bound cap size big large
minimum min least
default defaults
encrypt encryption tls ssl https
certificate cert
authenticate authentication auth login
permission role rbac access authorization
password credential
create add make
change modify update edit alter
replace swap
increase raise grow enlarge
reduce decrease shrink lower
enable activate
disable deactivate
compare comparison versus vs
call request invoke
move transfer
renew refresh extend
survive tolerate tolerance withstand
broken failed unhealthy faulty
write put store
read get
start run launch boot bring
stop shutdown halt terminate
crash fail failure die
error fault problem issue
recommend suggest advise should recommended
speed performance fast throughput
slow latency delay
memory ram
disk storage ssd
space size
cpu processor core
directory folder dir
machine server host node
member node peer
list show print display enumerate
check verify test inspect
watch observe subscribe notify
lease ttl expire expiration
lock mutex
upgrade update migrate
install setup deploy
download fetch
version release
monitor metric metrics prometheus
docker container
kubernetes k8s
quorum majority
leader leadership election
compact compaction
defragment defragmentation defrag
alarm nospace
log logging
port listen
url endpoint address
flag option setting parameter
environment env variable
language client library binding
os platform operating
arm arm64
atomic atomically transaction txn
multiple several many
prefix range
old previous past historical
revision history
`)

func set(words string) map[string]bool {
	found := make(map[string]bool)
	for _, word := range strings.Fields(words) {
		found[word] = true
	}
	return found
}

// groups returns for every stem the stems of the other words in its groups.
func groups(lines string) map[string][]string {
	found := make(map[string][]string)
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		for _, word := range words {
			for _, other := range words {
				if a, b := Stem(word), Stem(other); a != b {
					found[a] = append(found[a], b)
				}
			}
		}
	}
	return found
}
