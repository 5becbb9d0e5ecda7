"""What a person sees: views draw the state and send commands; they never write it."""
