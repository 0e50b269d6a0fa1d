// Prints a line for each template of a folder of files that the Modeler's schema does not take, and how many it has read.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { validateAll } from '@bpmn-io/element-templates-validator';

const folder = process.argv[2];
let read = 0;
for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
  for (const { valid, errors, object } of validateAll(JSON.parse(readFileSync(join(folder, file), 'utf8'))).results) {
    read++;
    if (!valid) {
      console.log(`${file} · ${object.id}: ${errors.map(error => error.message).join('; ')}`);
    }
  }
}
console.log(`${read} read`);
