import type { Drawing } from './drawing.js';
import { PolygonDrawing } from './polygon.js';
import { RectangleDrawing } from './rectangle.js';
import { StrokeDrawing } from './stroke.js';

export type DrawingTool = 'brush' | 'eraser' | 'polygon' | 'rectangle';

/** @param radius of the brush, photo pixels */
export function drawingOf(tool: DrawingTool, radius: number): Drawing {
  switch (tool) {
    case 'brush':
      return new StrokeDrawing(radius, false);
    case 'eraser':
      return new StrokeDrawing(radius, true);
    case 'polygon':
      return new PolygonDrawing();
    case 'rectangle':
      return new RectangleDrawing();
  }
}
