# Takes the state of the files of a Windows host, and sends it to a bucket in which the host can change nothing.
#
# AIDE does not run on Windows: this writes what AIDE would, in the same form, with Get-FileHash and the access lists of NTFS. Nothing is
# compared here, and no baseline is kept here: whoever controls the host could change either.
#
# Run by Systems Manager as SYSTEM, with Windows PowerShell 5.1. Its document sets, in lines before these:
#   $Soc2Bucket, $Soc2Prefix   where states are sent to; the prefix ends with a slash
#   $Soc2Paths, $Soc2Ignored   folders that are looked at, and those that are left out
#   $Soc2Region                the Region of the bucket
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# A text as AIDE writes names: every byte but plain letters, digits and a few signs as % and two digits.
function ConvertTo-Written([string] $Text) {
  $written = New-Object System.Text.StringBuilder
  foreach ($byte in [System.Text.Encoding]::UTF8.GetBytes($Text)) {
    $character = [char] $byte
    if ($byte -gt 32 -and $byte -lt 127 -and '%"#@<>`'.IndexOf($character) -lt 0) { [void] $written.Append($character) }
    else { [void] $written.AppendFormat('%{0:X2}', $byte) }
  }
  $written.ToString()
}

# Text in a section of the state: one line, which begins with the letter of the section.
function Write-Section($Writer, [string] $Section, [string] $Text) {
  foreach ($line in ($Text -split "`r?`n")) { if ($line.Trim() -ne '') { $Writer.Write("$Section $line`n") } }
}

function Test-Ignored([string] $Path) {
  foreach ($ignored in $Soc2Ignored) {
    if ($Path -eq $ignored -or $Path.StartsWith("$ignored\", [System.StringComparison]::OrdinalIgnoreCase)) { return $true }
  }
  $false
}

# Every file below a folder. Links to other places are named and not followed.
function Get-Files([string] $Folder) {
  $waiting = New-Object System.Collections.Generic.Stack[string]
  $waiting.Push($Folder)
  while ($waiting.Count -gt 0) {
    foreach ($item in @(Get-ChildItem -LiteralPath $waiting.Pop() -Force -ErrorAction SilentlyContinue)) {
      if (Test-Ignored $item.FullName) { continue }
      $item
      $isLink = ($item.Attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0
      if ($item.PSIsContainer -and -not $isLink) { $waiting.Push($item.FullName) }
    }
  }
}

# An entry of the database; what cannot be read says so in the place of its content, so that it is seen when that changes.
function Write-Entry($Writer, $Item) {
  $perm = '100000'
  $size = '0'
  $hash = '0'
  $sddl = '0'
  if (($Item.Attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) { $perm = '120000' }
  elseif ($Item.PSIsContainer) { $perm = '40000' }
  else {
    $size = [string] $Item.Length
    try { $hash = (Get-FileHash -LiteralPath $Item.FullName -Algorithm SHA256).Hash } catch { $hash = 'cannot-be-read' }
  }
  try {
    $list = (Get-Acl -LiteralPath $Item.FullName).Sddl
    $sddl = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($list))
  } catch { $sddl = '0' }
  $Writer.Write("$(ConvertTo-Written $Item.FullName) $perm $size $sddl $hash`n")
}

$started = [DateTime]::UtcNow
$identity = (Get-STSCallerIdentity -Region $Soc2Region).UserId
$hostName = $identity.Split(':')[1]
$folder = Join-Path $env:SystemRoot 'Temp'
$file = Join-Path $folder ('soc2-file-integrity-' + [Guid]::NewGuid().ToString('N') + '.gz')
$count = 0
try {
  $stream = [System.IO.File]::Create($file)
  try {
    $gzip = New-Object System.IO.Compression.GZipStream($stream, [System.IO.Compression.CompressionMode]::Compress)
    $writer = New-Object System.IO.StreamWriter($gzip, (New-Object System.Text.UTF8Encoding($false)))
    try {
      $writer.Write("@@soc2-state 1`n")
      Write-Section $writer 'C' "host $hostName"
      Write-Section $writer 'C' "started $($started.ToString('yyyy-MM-ddTHH:mm:ssZ'))"
      Write-Section $writer 'C' "system $([Environment]::OSVersion.VersionString)"
      Write-Section $writer 'C' "attributes size+sddl+sha256"
      $events = Get-WinEvent -FilterHashtable @{ LogName = 'Security'; Id = 4624, 4647; StartTime = $started.AddDays(-2) } `
        -MaxEvents 200 -ErrorAction SilentlyContinue
      foreach ($each in @($events)) {
        if ($null -eq $each) { continue }
        $values = $each.Properties
        $user = if ($each.Id -eq 4624) { "$($values[6].Value)\$($values[5].Value) type $($values[8].Value)" } else { "$($values[2].Value)\$($values[1].Value) left" }
        if ($user -notmatch 'type (3|5)$') { Write-Section $writer 'L' "$($each.TimeCreated.ToUniversalTime().ToString('s'))Z $user" }
      }
      $writer.Write("@@soc2-database`n@@begin_db`n@@db_spec name perm size sddl sha256`n")
      foreach ($path in $Soc2Paths) {
        if (-not (Test-Path -LiteralPath $path)) { continue }
        foreach ($item in (Get-Files $path)) { Write-Entry $writer $item; $count += 1 }
      }
      $writer.Write("@@end_db`n")
    } finally { $writer.Dispose() }
  } finally { $stream.Dispose() }
  $key = "$($Soc2Prefix)inbox/$hostName/$identity/$($started.ToString('yyyyMMddTHHmmssZ'))-$PID.gz"
  Write-S3Object -BucketName $Soc2Bucket -Key $key -File $file -Region $Soc2Region
  Write-Output "file integrity: sent the state of $count files to s3://$Soc2Bucket/$key"
} finally {
  if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force }
}
