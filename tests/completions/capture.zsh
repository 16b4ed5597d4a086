# capture.zsh FOLDER LINE… : what zsh offers at the end of each line, with completion functions
# from FOLDER; after each line a line "==". A shell of its own is typed into, and what its
# completion adds is written down.
zmodload zsh/zpty
found=$(mktemp)
zpty shell zsh -f -i
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; found=${(q)found}"
zpty -w shell 'compadd () {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return $?; fi
  typeset -a hits; builtin compadd -A hits "$@"; print -l -- $hits >>$found; builtin compadd "$@"
}'
# Only a line editor that waits takes keys as they are meant.
zpty -w shell 'zle-line-init () { print -n WAI""TING }; zle -N zle-line-init'
zpty -w shell 'bindkey "^I" complete-word; setopt no_beep; stty -echo'
await() { zpty -r shell out '*WAITING*' }
await
await
shift
for line in "$@"; do
  : >$found
  zpty -w -n shell "$line"$'\t\C-u:\n'
  await
  sort -u $found
  print -- '=='
done
zpty -d shell
rm -f $found
