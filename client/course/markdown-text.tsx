import { useMemo } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button, Icon } from '../ui/index.ts';
import { commandOfBlock, inlineHtml, type LessonPart, lessonParts } from './lesson-parts.ts';

export interface MarkdownTextProps {
  readonly text: string;
  readonly onRun?: (command: string) => void;
}

/** Markdown with a bar of buttons over each code block. The HTML is markdown-it's own, with raw tags refused. */
export function MarkdownText({ text, onRun }: MarkdownTextProps) {
  const parts = useMemo(() => lessonParts(text), [text]);
  return (
    <div className="markdown">
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown-it's output with html: false
          <div key={keyOf(index)} dangerouslySetInnerHTML={{ __html: part.html }} />
        ) : (
          <CodeBlock key={keyOf(index)} part={part} onRun={onRun} />
        ),
      )}
    </div>
  );
}

/** Parts of one text never move among themselves, so their place is their identity. */
const keyOf = (index: number) => `part-${index}`;

export interface CodeBlockProps {
  readonly part: Extract<LessonPart, { kind: 'code' }>;
  readonly onRun: ((command: string) => void) | undefined;
}

/** Code with a bar of buttons over it. */
export function CodeBlock({ part, onRun }: CodeBlockProps) {
  const runs = part.runnable && onRun !== undefined;
  return (
    <figure className="code-block">
      <figcaption>
        <span>{part.runnable ? 'shell' : part.language}</span>
        <CopyButton label="Copy" text={part.text} />
        {runs && (
          <Button look="quiet" icon={<Icon name="terminal" />} onClick={() => onRun(commandOfBlock(part.text))}>
            Run in terminal
          </Button>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{part.text}</code>
      </pre>
    </figure>
  );
}

/** One line of Markdown, e.g. a question. */
export function InlineMarkdown({ text }: { readonly text: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown-it's output with html: false
  return <span dangerouslySetInnerHTML={{ __html: inlineHtml(text) }} />;
}
