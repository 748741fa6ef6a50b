/** A playbook to begin with: small, whole, and of one idea each. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

const head = (id: string, name: string, description: string): string => `playbook: 1
id: ${id}
version: 1
name: ${name}
description: ${description}
`;

export const blank = `${head('my-playbook', 'My playbook', 'What comes out of it, in a sentence.')}inputs:
  - id: topic
    title: Topic
    type: text
budget: { tokens: 20000, seconds: 1800, calls: 40, cost: 0 }
steps:
  - id: text
    kind: ask
    title: Write the text
    prompt: |
      Write three sentences about {{ inputs.topic }}.
    maxTokens: 500
result:
  - { title: Text, value: steps.text }
`;

export const templates: readonly Template[] = [
  { name: 'One question', text: blank },
  {
    name: 'A text that is reviewed and kept as a note',
    text: `${head('reviewed-note', 'Reviewed note', 'Writes a text, has it reviewed, and keeps it as a note.')}inputs:
  - { id: topic, title: Topic, type: text }
profile: writer
budget: { tokens: 60000, seconds: 3600, calls: 40, cost: 0 }
steps:
  - id: draft
    kind: ask
    title: Write a draft
    prompt: |
      Write 100 to 200 words about {{ inputs.topic }}.
    maxTokens: 800
    checks:
      - { check: words, with: { min: 80, max: 240 } }
      - { check: no-placeholders }
  - id: text
    kind: review
    title: Review it
    profile: reviewer
    of: draft
    rubric:
      - { id: topic, question: 'Does it keep to the topic?', weight: 2 }
      - { id: plain, question: 'Is it plain and short?' }
  - id: note
    kind: change
    title: Keep it as a note
    change: note
    with: { text: "# {{ inputs.topic }}\\n\\n{{ steps.text }}" }
result:
  - { title: Text, value: steps.text }
`,
  },
  {
    name: 'Search the web and sum up',
    text: `${head('look-it-up', 'Look it up', 'Searches the web, reads what it finds, and sums it up with its sources.')}inputs:
  - { id: question, title: Question, type: text }
tools: [web.search, web.read]
egress: ['*']
profile: researcher
budget: { tokens: 200000, seconds: 3600, calls: 60, cost: 0 }
steps:
  - id: found
    kind: tool
    title: Search the web
    tool: web.search
    with: { query: '{{ inputs.question }}' }
  - id: pages
    kind: tool
    title: Read the pages
    tool: web.read
    each: steps.found.results
    limit: 4
    optional: true
    with: { url: '{{ item.url }}' }
  - id: answer
    kind: ask
    title: Sum up
    prompt: |
      Question: {{ inputs.question }}

      What was found:
      {{ steps.pages }}

      Answer in at most 150 words. Name the page each statement is from.
    maxTokens: 800
result:
  - { title: Answer, value: steps.answer }
`,
  },
  {
    name: 'Todos out of a note',
    text: `${head('todos-of-note', 'Todos of a note', 'Finds what has to be done in a note and makes tasks of what you take.')}inputs:
  - { id: note, title: Note, type: note }
profile: organiser
budget: { tokens: 60000, seconds: 3600, calls: 20, cost: 0 }
steps:
  - id: found
    kind: ask
    title: Find what has to be done
    prompt: |
      A note:
      {{ inputs.note.text }}

      List what has to be done, each beginning with a verb.
    answer:
      type: object
      additionalProperties: false
      required: [tasks]
      properties:
        tasks:
          type: array
          maxItems: 20
          items:
            type: object
            additionalProperties: false
            required: [title]
            properties:
              title: { type: string, minLength: 3, maxLength: 160 }
    maxTokens: 1500
  - id: taken
    kind: choose
    title: Take what you want
    items: steps.found.tasks
    question: Which of these are tasks?
  - id: tasks
    kind: change
    title: Make the tasks
    when: steps.taken
    change: tasks
    with: { tasks: '{{ steps.taken }}', noteId: '{{ inputs.note.id }}' }
result:
  - { title: Tasks, value: steps.taken }
`,
  },
];
