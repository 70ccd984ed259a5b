
# The shared library beside the static one. `all` of this file's Makefile has it as well.
all: liblua.so
liblua.so: liblua.so.$(R)
	ln -sf $< liblua.so.$(V)
	ln -sf $< $@
liblua.so.$(R): $(CORE_O) $(LIB_O)
	$(CC) -shared -o $@ -Wl,-soname,liblua.so.$(V) $^ $(LIBS) -lm
