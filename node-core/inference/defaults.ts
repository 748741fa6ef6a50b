/** What an answer is sampled at where neither a client nor a person names a temperature. Skills name theirs. */
export const defaultTemperature = 0.8;
