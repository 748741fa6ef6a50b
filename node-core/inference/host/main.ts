import { createEngine } from './engine.ts';
import { openPort } from './port.ts';
import { serve } from './serve.ts';

serve(openPort(), createEngine());
