// What a shell has to be told, once, to complete `sallyport`. Each asks the program itself, with
// the words or the line up to the cursor. An answer has a value on each line and, behind a tab,
// what it is; `:files` asks for names of files, which the shell knows better.

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shells)[number];

/** Where each shell looks for it at its start. */
export const installation: Record<Shell, string> = {
  bash: 'source <(sallyport completion bash)    # in ~/.bashrc',
  zsh: 'source <(sallyport completion zsh)    # in ~/.zshrc, behind compinit',
  fish: 'sallyport completion fish > ~/.config/fish/completions/sallyport.fish',
  powershell: 'sallyport completion powershell | Out-String | Invoke-Expression    # in $PROFILE',
};

export const scripts: Record<Shell, string> = {
  // Bash parts words at colons and equal signs, and puts in only what is behind the last of them.
  bash: `_sallyport() {
  local line="\${COMP_LINE:0:COMP_POINT}" value about
  local current="\${line##*[[:space:]]}"
  local head="\${current%"\${current##*[=:]}"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [[ "$value" == :files ]]; then
      compopt -o default 2> /dev/null
      return
    fi
    COMPREPLY+=("\${value#"$head"}")
  done < <(sallyport __complete --line "$line" 2> /dev/null)
}
complete -F _sallyport sallyport
`,
  zsh: `#compdef sallyport
_sallyport() {
  local line
  local -a values
  for line in "\${(@f)$(sallyport __complete "\${(@)words[2,CURRENT]}" 2> /dev/null)}"; do
    if [[ "$line" == :files ]]; then
      _files
      return
    fi
    [[ -n "$line" ]] && values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( \${#values} )) && _describe -t values sallyport values
}
compdef _sallyport sallyport
`,
  fish: `function __sallyport_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (sallyport __complete $words[2..] "$current" 2> /dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c sallyport -f -a '(__sallyport_complete)'
`,
  // Where a completer gives nothing at all, PowerShell proposes files: an empty text stops it. What
  // a value is may not be empty.
  powershell: `Register-ArgumentCompleter -Native -CommandName sallyport -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($length).Substring(0, $length)
    $found = @(sallyport __complete --line $line 2> $null)
    if ($found.Count -eq 0) { return '' }
    if ($found[0] -eq ':files') { return }
    foreach ($each in $found) {
        $value, $about = $each -split '\\t', 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new(
            $value, $value, 'ParameterValue', $about)
    }
}
`,
};
