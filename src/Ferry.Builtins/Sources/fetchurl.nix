# <nix/fetchurl.nix>: a derivation that downloads one file, for packages that bring a system up.
# Its attributes are part of the derivation's hash, so none may be added, dropped or reordered in lists.
{
  url,
  # An SRI hash; the four below are the older way to say it.
  hash ? "",
  md5 ? "",
  sha1 ? "",
  sha256 ? "",
  sha512 ? "",
  outputHash ?
    if hash != "" then
      hash
    else if sha512 != "" then
      sha512
    else if sha1 != "" then
      sha1
    else if md5 != "" then
      md5
    else
      sha256,
  outputHashAlgo ?
    # An SRI hash names its own algorithm.
    if hash != "" then
      ""
    else if sha512 != "" then
      "sha512"
    else if sha1 != "" then
      "sha1"
    else if md5 != "" then
      "md5"
    else
      "sha256",
  name ? baseNameOf (toString url),
  executable ? false,
  unpack ? false,
  impure ? false,
  # Accepted for old callers, and ignored.
  system ? "",
}:

let
  content = if impure then { __impure = true; } else { inherit outputHash outputHashAlgo; };
in
derivation (
  content
  // {
    system = "builtin";
    builder = "builtin:fetchurl";

    # Flags and directories have no flat hash.
    outputHashMode = if executable || unpack then "recursive" else "flat";

    inherit
      executable
      name
      unpack
      url
      ;
    urls = [ url ];

    # The builder fetches by itself; handing the job to another machine would only move the bytes twice.
    preferLocalBuild = true;

    # Without meaning to this builder, but part of every hash that exists.
    impureEnvVars = [
      "http_proxy"
      "https_proxy"
      "ftp_proxy"
      "all_proxy"
      "no_proxy"
    ];
  }
)
