"""What tests of several rooms share, by the same door as the program: actions for what people do, wiring for the rest."""
