/* The program. Verbs have a file each; this one finds the verb. */
int main(void) {
  return 2;
}
