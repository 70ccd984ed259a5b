# a line
/* a block */ { # behind a brace
  /** documents a */
  a = /* inside */ 1; # end
  /**/ b = 2; /***/ c = 3; /****/
  /* * / ** */ d = 4;
  # no /* block
  e /**/ = /* */ /* */ 5;
}
# the last line ends with the file