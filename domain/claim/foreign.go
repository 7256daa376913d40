package claim

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// programs are common programs that projects use and do not make. Never written.
var programs = setOf(`curl wget http https docker podman docker-compose kubectl helm kustomize kind minikube go gofmt git gh npm npx yarn pnpm node deno bun
python python3 pip pip3 poetry uv ruby gem bundle cargo rustc java mvn gradle gcc clang cmake make gmake ninja systemctl journalctl service apt apt-get
dpkg yum dnf rpm apk pacman brew port choco scoop winget snap flatpak sudo su ssh scp rsync tar zip unzip gzip gunzip openssl ssh-keygen gpg sed awk
grep egrep rg find xargs sort uniq head tail less cat ls cd cp mv rm mkdir rmdir chmod chown ln touch echo printf test read export set env time watch
jq yq psql mysql redis-cli sqlite3 mongo aws gcloud az terraform ansible ansible-playbook vagrant packer nginx apachectl iptables ip ifconfig ping dig
nslookup netstat ss lsof nc telnet kill pkill ps top df du mount umount date sleep whoami id hostname useradd usermod groupadd crontab tee diff patch
wc tr cut base64 sha256sum md5sum shasum vim vi nano emacs code bash sh zsh fish powershell pwsh cmd start open xdg-open install ldd strace gdb dlv
perf ab hey wrk vegeta protoc buf goreleaser golangci-lint staticcheck mkdocs hugo jekyll bazel bazelisk nix nix-shell nixos-rebuild skopeo buildah
crictl ctr nerdctl cosign minisign signify launchctl net sc reg setx where which type man source alias eval exec cron logrotate setcap getcap
restorecon semanage chcon firewall-cmd ufw sysctl modprobe update-rc.d chkconfig rc-update loginctl fusermount mkfs dd parted`)

// variables are environment variables that systems and tools define. Never written.
var variables = setOf(`PATH HOME USER SHELL PWD TERM LANG LC_ALL TZ TMPDIR EDITOR VISUAL PAGER DISPLAY HOSTNAME UID GID CI GOPATH GOROOT GOBIN GOOS GOARCH GOFLAGS GOPROXY GOMAXPROCS GOMEMLIMIT
GOGC GODEBUG GO111MODULE CGO_ENABLED GOPRIVATE GOTOOLCHAIN GOEXPERIMENT GOTRACEBACK HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY KUBECONFIG DOCKER_HOST DOCKER_BUILDKIT DOCKER_CONFIG XDG_CONFIG_HOME
XDG_CACHE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_STATE_HOME AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_PROFILE
GOOGLE_APPLICATION_CREDENTIALS GITHUB_TOKEN GITHUB_ENV GITHUB_PATH GITHUB_OUTPUT JAVA_HOME PYTHONPATH NODE_ENV LD_LIBRARY_PATH LD_PRELOAD SSL_CERT_FILE SSL_CERT_DIR
NO_COLOR SSH_AUTH_SOCK LS_COLORS APPDATA LOCALAPPDATA USERPROFILE PROGRAMFILES USERNAME COMSPEC LOGNAME MAIL IFS RANDOM SECONDS BASH_SOURCE MANPATH PKG_CONFIG_PATH CC CXX
CFLAGS CXXFLAGS LDFLAGS DESTDIR PREFIX`)

// ports are those that other programs are known by. Never written.
var ports = setOf(`22 25 53 80 443 389 465 587 636 993 1433 1521 2049 2181 2375 2376 3306 3389 5432 5672 6379 6443 9092 9200 9300 11211 15672 27017 5601 8125 4317 4318 14268 16686`)

// mediaTypes are the first words of media types. Never written.
var mediaTypes = setOf(`application text image audio video multipart font and yes true on`)

// constants are words in capitals that name no variable. Never written.
var constants = setOf(`UTF_8 ISO_8859_1 READ_ONLY READ_WRITE NOT_FOUND TLS_AES_128_GCM_SHA256 SIGTERM_SIGKILL`)

func setOf(list string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

var (
	placeholderWord = regexp.MustCompile(`(?i)^(?:foo|bar|baz|qux|foobar|example|sample|xxx+|yyy+|zzz+|placeholder|dummy|todo|tbd|blah|whatever)$`)
	placeholderVerb = regexp.MustCompile(`(?i) (?:sub-?command|command|cmd|flags?|options?|args?|arguments?)$`)
	placeholderHead = regexp.MustCompile(`(?i)^(?:your|my|some|the|foo|bar|baz|example|sample)[-_.]?[a-z]`)
	placeholderAny  = regexp.MustCompile(`<[^>]+>|\.\.\.|…|XXX|\bYOUR_|\bMY_|your-|/path/to|path/to/|_MY[A-Z0-9]*_|\bYour[A-Z]|/your`)
	separators      = regexp.MustCompile(`[./_\s-]+`)
	systemRoot      = regexp.MustCompile(`^/(?:etc|var|usr|home|tmp|opt|proc|dev|bin|sbin|root|data|run|srv|mnt|media|sys|lib|lib64|boot|Users|Library|Applications|Volumes|app|workspace|path|config|nix|c|C:)(?:/|$)`)
)

// foreign is why a name is not one that the project could have; empty when it
// could.
func foreign(kind code.Kind, name string) string {
	switch kind {
	case code.Variable:
		switch {
		case variables[name]:
			return "The variable is one of the system or of a common tool."
		case constants[name] || strings.HasPrefix(name, "TLS_") && strings.Count(name, "_") > 3:
			return "The word is a constant."
		}
	case code.Port:
		if ports[name] {
			return "The port is one that other programs are known by."
		}
	}
	if kind == code.Command && placeholderVerb.MatchString(name) {
		return "The name is a placeholder."
	}
	if kind == code.File && strings.HasPrefix(name, ".github/") {
		return "Every repository has such files."
	}
	if kind != code.Endpoint && kind != code.Message && placeholderAny.MatchString(name) || placeholderHead.MatchString(name) {
		return "The name is a placeholder."
	}
	for _, word := range separators.Split(name, -1) {
		if placeholderWord.MatchString(word) && kind != code.File {
			return "The name is a placeholder."
		}
	}
	return ""
}

// foreignProgram is why a program's flags are not the project's.
func foreignProgram(program string) string {
	if programs[program] {
		return program + " is a program of its own; its options are not this project's."
	}
	return ""
}

func systemPath(path string) bool { return systemRoot.MatchString(path) }

// endings of hosts and of files that are no keys. Never written.
var endings = setOf(`com org net io dev app local internal localhost test example js ai co me sh svc cloud de eu uk us crt key pem log gz exe zip tgz tar png jpg
svg csv db sock pid lock out dat bin bak tmp wasm so dll jar war deb rpm apk dmg msi iso img pdf lua vim nix plist socket timer target`)

// hostOrFile reports whether a dotted text ends as the name of a host or file does.
func hostOrFile(text string) bool { return endings[text[strings.LastIndexByte(text, '.')+1:]] }
