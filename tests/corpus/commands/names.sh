# shellcheck shell=bash disable=SC2034
# What graph.nix makes, for the commands of the transcripts. Not exported: a path in the environment would be a root.
top=/nix/store/4fk1b3fs0xbn77fngr33h6nipway8bqn-top-3.1.drv
topOut=/nix/store/8b96jaxm4yv7q6p978avn4radfv2q9d0-top-3.1
multi=/nix/store/adyzd7zajyq8d908fq3f74ry2a9p053h-multi-2.0.drv
multiOut=/nix/store/q0fadin8plwa5bdnh3g4l93g9jcij932-multi-2.0
multiDev=/nix/store/hlyv1wgadyss5c2sm9jlq7bl8abbpzyn-multi-2.0-dev
leaf=/nix/store/v8b8rvj4jzsa82jyf2ammk6c1g4lgdhq-leaf-1.0.drv
bad=/nix/store/k02bs7n0b9wkfmynq560ihnaf2ki3g6l-bad-1.drv
nothing=/nix/store/4fk1b3fs0xbn77fngr33h6nipway8bqa-top-3.1
# The links of these names and where they lead.
links() { for link in "$@"; do echo "$link -> $(readlink "$link")"; done; }
