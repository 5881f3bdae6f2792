import 'defect-inspector';
