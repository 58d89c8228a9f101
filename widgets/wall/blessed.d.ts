declare module 'blessed' {
  const blessed: {
    screen(options: import('./blessed-types.ts').BlessedOptions): import('./blessed-types.ts').BlessedScreen;
    box(options: import('./blessed-types.ts').BlessedOptions): import('./blessed-types.ts').BlessedNode;
  };
  export = blessed;
}

declare module 'blessed-contrib/lib/widget/charts/line.js' {
  const line: (options: import('./blessed-types.ts').BlessedOptions) => import('./blessed-types.ts').ContribLine;
  export = line;
}

declare module 'blessed-contrib/lib/widget/charts/bar.js' {
  const bar: (options: import('./blessed-types.ts').BlessedOptions) => import('./blessed-types.ts').ContribBar;
  export = bar;
}

declare module 'blessed-contrib/lib/widget/donut.js' {
  const donut: (options: import('./blessed-types.ts').BlessedOptions) => import('./blessed-types.ts').ContribDonut;
  export = donut;
}
