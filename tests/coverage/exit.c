/* Counters are written when a process ends. Workers leave by _exit, which writes none: linked with
 * --wrap=_exit. A call that fails on purpose (tests/fault/faults.c) is none of the writing, or a
 * spoilt file would lose what all runs before have counted. */
void __gcov_dump(void);
void no_more_faults(void) __attribute__((weak));
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

__attribute__((destructor)) static void before_counters(void) {
  if (no_more_faults) no_more_faults();
}

_Noreturn void __wrap__exit(int status) {
  before_counters();
  __gcov_dump();
  __real__exit(status);
}
