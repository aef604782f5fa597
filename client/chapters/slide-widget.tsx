import type { SlideWidget } from '../../protocol/index.ts';
import { CodeBlock } from '../course/index.ts';
import { DifferenceWidget } from './difference-widget.tsx';
import { GraphWidgetView } from './graph-widget.tsx';
import { MetricWidget } from './metric-widget.tsx';
import { QuizWidget } from './quiz-widget.tsx';
import type { SlideSources } from './slide-sources.ts';

export interface SlideWidgetProps {
  readonly widget: SlideWidget;
  readonly chapter: string;
  readonly sources: SlideSources;
}

export function SlideWidgetView({ widget, chapter, sources }: SlideWidgetProps) {
  switch (widget.widget) {
    case 'flame-graph':
      return <GraphWidgetView widget={widget} sources={sources} />;
    case 'difference':
      return <DifferenceWidget exercise={widget.exercise} sources={sources} />;
    case 'metric':
      return <MetricWidget widget={widget} sources={sources} />;
    case 'run':
      return (
        <CodeBlock
          part={{ kind: 'code', language: 'sh', text: widget.command.trimEnd(), runnable: true }}
          onRun={sources.onRun}
        />
      );
    case 'quiz':
      return <QuizWidget quiz={widget} chapter={chapter} chapters={sources.chapters} />;
  }
}
