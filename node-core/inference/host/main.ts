import { createEngine } from './engine.ts';
import { openAddon } from './native.ts';
import { openPort } from './port.ts';
import { serve } from './serve.ts';

serve(openPort(), createEngine());
openAddon()?.endWithParent();
