# Completion for handout in bash. What there is to choose from is read from 'handout --help'
# and 'handout VERB --help', so that it is always what this handout takes.

# The value that an option wants, and the words it is chosen from if they are few:
# "WHEN auto always never", "FILE", or nothing.
_handout_value() {
  awk -v option="$1" '
    /^ / && ($1 == option || $2 == option) {
      at = $1 ~ /^--/ ? 2 : 3
      if ($at !~ /^[A-Z]/ || $at ~ /[a-z]/) exit
      value = $at
      if (value ~ /^(WHEN|WHICH|FORM|LIST|THEME)$/) {
        sub(/.*[A-Z]+  +/, "")
        gsub(/,? or |, /, " ")
        value = value " " $0
      }
      print value
      exit
    }'
}

_handout() {
  local program=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local verb=${COMP_WORDS[1]} help value
  COMPREPLY=()
  if [ "$COMP_CWORD" = 1 ]; then
    help=$("$program" --help 2>/dev/null | sed -n 's/^  handout \([a-z]*\) .*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$help --help --version" -- "$cur")
    return
  fi
  # bash parts --to=pdf into three words
  if [ "$cur" = = ]; then cur=; elif [ "$prev" = = ]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
  help=$("$program" "$verb" --help 2>/dev/null)
  value=$(_handout_value "$prev" <<<"$help")
  case $value in
    'WHEN '* | 'WHICH '* | 'FORM '* | 'LIST '* | 'THEME '*)
      mapfile -t COMPREPLY < <(compgen -W "${value#* }" -- "$cur") ;;
    DIR) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    FILE | PATH) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    ?*) ;;
    *)
      case $cur in
        -*) mapfile -t COMPREPLY < <(
          compgen -W "$(sed -n 's/^ .. \(--[a-z-]*\) .*/\1/p' <<<"$help")" -- "$cur") ;;
        *) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
      esac ;;
  esac
}
complete -o filenames -F _handout handout
