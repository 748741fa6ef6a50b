@rem npm scripts begin with "exec", so that signals reach the program and not a shell; here Windows learns the word.
@%*
